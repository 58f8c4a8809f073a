package dev.edge4j.server.lanes;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The two members of JDK 25 that let a virtual thread have a scheduler of ours. They are no API: they need {@code java.lang} opened, and
 * the next JDK may not have them. A handle in a constant costs what a constructor does.
 */
final class Internals {
  /** No inherited thread-locals; the JDK's {@code Thread.NO_INHERIT_THREAD_LOCALS}. */
  private static final int CHARACTERISTICS = 4;

  private static final @Nullable MethodHandle CONSTRUCTOR;
  private static final @Nullable Executor DEFAULT;
  private static final @Nullable Throwable PROBLEM;

  static {
    MethodHandle constructor = null;
    Executor scheduler = null;
    Throwable problem = null;
    try {
      Class<?> type = Class.forName("java.lang.VirtualThread");
      Constructor<?> made = type.getDeclaredConstructor(Executor.class, String.class, int.class, Runnable.class);
      made.setAccessible(true);
      constructor = MethodHandles.lookup()
          .unreflectConstructor(made)
          .asType(MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class));
      Method common = type.getDeclaredMethod("defaultScheduler");
      common.setAccessible(true);
      scheduler = (Executor) common.invoke(null);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      problem = e;
    }
    CONSTRUCTOR = constructor;
    DEFAULT = scheduler;
    PROBLEM = problem;
  }

  private Internals() {}

  /** Why they cannot be used; null if they can. */
  static @Nullable Throwable problem() {
    return PROBLEM;
  }

  /** The JDK's own scheduler of virtual threads. */
  static Executor defaultScheduler() {
    Executor scheduler = DEFAULT;
    if (scheduler == null) {
      throw new IllegalStateException("java.lang is not open", PROBLEM);
    }
    return scheduler;
  }

  /** A virtual thread, not started, each of whose stints that scheduler is asked to run. */
  static Thread newThread(Executor scheduler, String name, Runnable task) {
    MethodHandle constructor = CONSTRUCTOR;
    if (constructor == null) {
      throw new IllegalStateException("java.lang is not open", PROBLEM);
    }
    try {
      return (Thread) constructor.invokeExact(scheduler, name, CHARACTERISTICS, task);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a virtual thread could not be made", e);
    }
  }
}
