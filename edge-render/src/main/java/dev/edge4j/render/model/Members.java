package dev.edge4j.render.model;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a type: public members of the application's types. The class itself may be private, as records next to a handler
 * are. What the JDK declares is invisible, so neither {@code getClass} nor a list's {@code size} shadows a name further out.
 */
final class Members {
  /** More names than any template has; names come from templates, which the full dialect may parse while it runs. */
  static final int MAX_NAMES = 10_000;

  /** Of {@link Object}; an application's override of them is no property of its model either. */
  private static final Set<String> OBJECT_METHODS = Set.of("hashCode", "toString", "clone", "finalize");

  private Members() {}

  /** Later ones win: fields, then bean accessors, then methods by their own name, which record components are. */
  static Map<String, Member> of(Class<?> type) {
    Map<String, Member> members = new HashMap<>();
    for (Field field : type.getFields()) {
      if (isVisible(field)) {
        members.put(field.getName(), field);
      }
    }
    Map<String, Member> methods = new HashMap<>();
    for (Method method : type.getMethods()) {
      if (isAccessor(method)) {
        property(method).ifPresent(name -> members.put(name, method));
        methods.merge(method.getName(), method, Members::narrower);
      }
    }
    members.putAll(methods);
    return Map.copyOf(members);
  }

  /** Of a method and its bridge, the one that says more. */
  private static Member narrower(Member a, Member b) {
    return ((Method) a).isBridge() ? b : a;
  }

  private static boolean isAccessor(Method method) {
    return isVisible(method)
        && method.getParameterCount() == 0
        && method.getReturnType() != void.class
        && !OBJECT_METHODS.contains(method.getName());
  }

  private static boolean isVisible(Member member) {
    Module module = member.getDeclaringClass().getModule();
    String name = module.isNamed() ? module.getName() : "";
    return !Modifier.isStatic(member.getModifiers()) && !name.startsWith("java.") && !name.startsWith("jdk.");
  }

  /** {@code getTitle} and {@code isOpen} are also {@code title} and {@code open}. */
  private static Optional<String> property(Method method) {
    String name = method.getName();
    int prefix = name.startsWith("get") ? 3 : name.startsWith("is") && method.getReturnType() == boolean.class ? 2 : 0;
    return prefix == 0 || name.length() == prefix || !Character.isUpperCase(name.charAt(prefix))
        ? Optional.empty()
        : Optional.of(Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1));
  }
}
