package dev.edge4j.render;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a template can see of a value: public members of the application's types, entries of maps. The class itself may be
 * private, as records next to a handler are. What the JDK declares is invisible, so neither {@code getClass} nor a list's
 * {@code size} shadows a name further out; entries of a map show {@code key} and {@code value}.
 */
final class Members {
  /** The answer for a name that is not there, as opposed to one whose value is {@code null}. */
  static final Object MISSING = new Object();

  /** Of {@link Object}; an application's override of them is no property of its model either. */
  private static final Set<String> OBJECT_METHODS = Set.of("hashCode", "toString", "clone", "finalize");

  private interface Reader {
    @Nullable
    Object read(Object target) throws ReflectiveOperationException;
  }

  private static final ClassValue<Map<String, Reader>> READERS = new ClassValue<>() {
    @Override
    protected Map<String, Reader> computeValue(Class<?> type) {
      return readers(type);
    }
  };

  private Members() {}

  /**
   * The value of a name, or {@link #MISSING}. Throws {@link java.lang.reflect.InvocationTargetException} with what an accessor
   * threw, and {@link IllegalAccessException} for a type in a package that its module does not open.
   */
  static @Nullable Object read(@Nullable Object target, String name) throws ReflectiveOperationException {
    return switch (target) {
      case null -> MISSING;
      case Map<?, ?> map -> entry(map, name);
      case Map.Entry<?, ?> entry when name.equals("key") -> entry.getKey();
      case Map.Entry<?, ?> entry when name.equals("value") -> entry.getValue();
      default -> {
        Reader reader = READERS.get(target.getClass()).get(name);
        yield reader == null ? MISSING : reader.read(target);
      }
    };
  }

  /** The names that {@link #read} knows, for messages. */
  static Collection<String> names(@Nullable Object target) {
    return switch (target) {
      case null -> Set.of();
      case Map<?, ?> map -> map.keySet().stream().map(String::valueOf).toList();
      default -> READERS.get(target.getClass()).keySet();
    };
  }

  private static @Nullable Object entry(Map<?, ?> map, String name) {
    try {
      Object value = map.get(name);
      return value != null || map.containsKey(name) ? value : MISSING;
    } catch (ClassCastException _) { // a sorted map whose keys are not strings
      return MISSING;
    }
  }

  /** Later ones win: fields, then bean accessors, then methods by their own name, which record components are. */
  private static Map<String, Reader> readers(Class<?> type) {
    Map<String, Reader> readers = new HashMap<>();
    for (Field field : type.getFields()) {
      if (isVisible(field.getDeclaringClass(), field.getModifiers())) {
        readers.put(field.getName(), accessible(field, type, field::get));
      }
    }
    Map<String, Reader> methods = new HashMap<>();
    for (Method method : type.getMethods()) {
      if (isAccessor(method)) {
        Reader reader = accessible(method, type, method::invoke);
        property(method).ifPresent(name -> readers.put(name, reader));
        methods.put(method.getName(), reader);
      }
    }
    readers.putAll(methods);
    return Map.copyOf(readers);
  }

  private static boolean isAccessor(Method method) {
    return isVisible(method.getDeclaringClass(), method.getModifiers())
        && method.getParameterCount() == 0
        && method.getReturnType() != void.class
        && !OBJECT_METHODS.contains(method.getName());
  }

  private static boolean isVisible(Class<?> declaring, int modifiers) {
    String module = declaring.getModule().isNamed() ? declaring.getModule().getName() : "";
    return !Modifier.isStatic(modifiers) && !module.startsWith("java.") && !module.startsWith("jdk.");
  }

  /** {@code getTitle} and {@code isOpen} are also {@code title} and {@code open}. */
  private static Optional<String> property(Method method) {
    String name = method.getName();
    int prefix = name.startsWith("get") ? 3 : name.startsWith("is") && method.getReturnType() == boolean.class ? 2 : 0;
    return prefix == 0 || name.length() == prefix || !Character.isUpperCase(name.charAt(prefix))
        ? Optional.empty()
        : Optional.of(Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1));
  }

  private static Reader accessible(AccessibleObject member, Class<?> type, Reader reader) {
    if (member.trySetAccessible()) {
      return reader;
    }
    return _ -> {
      throw new IllegalAccessException(
          "%s is not readable (expected: a public type in an exported package, or in module %s: "
              .formatted(type.getName(), type.getModule().getName())
              + "opens %s to %s)".formatted(type.getPackageName(), Members.class.getModule().getName()));
    };
  }
}
