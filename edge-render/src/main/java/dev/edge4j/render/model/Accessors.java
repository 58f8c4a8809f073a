package dev.edge4j.render.model;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Makes accessors. Where the type's package is open to this module, as everything on a class path is, a method gets a hidden class with
 * a plain call in it, which goes when the type does; otherwise a method handle does it.
 */
final class Accessors {
  private static final MethodHandles.Lookup OURS = MethodHandles.lookup();
  private static final ClassDesc ACCESSOR = Accessor.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc READ = MethodTypeDesc.of(CD_Object, CD_Object);

  private static final class Handle extends Accessor {
    private final MethodHandle handle;

    Handle(MethodHandle handle) {
      this.handle = handle.asType(MethodType.methodType(Object.class, Object.class));
    }

    @Override
    public @Nullable Object read(Object target) throws Throwable {
      return (Object) handle.invokeExact(target);
    }
  }

  /** Says what is wrong when it is used: a member that no template names does no harm. */
  private static final class Closed extends Accessor {
    private final Class<?> type;

    Closed(Class<?> type) {
      this.type = type;
    }

    @Override
    public Object read(Object target) throws IllegalAccessException {
      throw new IllegalAccessException(
          "%s is not readable (expected: a public type in an exported package, or in module %s: "
              .formatted(type.getName(), type.getModule().getName())
              + "opens %s to %s)".formatted(type.getPackageName(), Accessors.class.getModule().getName()));
    }
  }

  private Accessors() {}

  /** An accessor of a method without parameters or of a field. */
  static Accessor of(Member member, Class<?> type) {
    try {
      return switch (member) {
        case Method method when method.trySetAccessible() -> method(method);
        case Field field when field.trySetAccessible() -> new Handle(OURS.unreflectGetter(field));
        default -> new Closed(type);
      };
    } catch (IllegalAccessException _) {
      return new Closed(type);
    }
  }

  private static Accessor method(Method method) throws IllegalAccessException {
    Accessor generated = generated(method);
    return generated == null ? new Handle(OURS.unreflect(method)) : generated;
  }

  private static @Nullable Accessor generated(Method method) {
    Class<?> owner = method.getDeclaringClass();
    Module ours = Accessors.class.getModule();
    try {
      ours.addReads(owner.getModule());
      ours.addExports(Accessor.class.getPackageName(), owner.getModule());
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, OURS)
          .defineHiddenClass(bytes(owner, method), true, MethodHandles.Lookup.ClassOption.NESTMATE);
      return (Accessor) lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable _) { // the package is closed to us, or its loader does not see us: a handle can do it
      return null;
    }
  }

  private static byte[] bytes(Class<?> owner, Method method) {
    ClassDesc type = owner.describeConstable().orElseThrow();
    MethodTypeDesc signature = MethodType.methodType(method.getReturnType()).describeConstable().orElseThrow();
    return ClassFile.of()
        .build(ClassDesc.of(owner.getPackageName(), owner.getSimpleName() + "$Edge4jAccessor"), builder -> builder
            .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
            .withSuperclass(ACCESSOR)
            .withMethodBody(INIT_NAME, MTD_void, ClassFile.ACC_PUBLIC, code -> code.aload(0)
                .invokespecial(ACCESSOR, INIT_NAME, MTD_void)
                .return_())
            .withMethodBody("read", READ, ClassFile.ACC_PUBLIC, code -> {
              code.aload(1).checkcast(type);
              if (owner.isInterface()) {
                code.invokeinterface(type, method.getName(), signature);
              } else {
                code.invokevirtual(type, method.getName(), signature);
              }
              box(code, method.getReturnType());
              code.areturn();
            }));
  }

  private static void box(CodeBuilder code, Class<?> result) {
    if (result.isPrimitive()) {
      ClassDesc wrapper = MethodType.methodType(result).wrap().returnType().describeConstable().orElseThrow();
      code.invokestatic(wrapper, "valueOf", MethodTypeDesc.of(wrapper, result.describeConstable().orElseThrow()));
    }
  }
}
