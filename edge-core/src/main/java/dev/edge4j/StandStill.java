package dev.edge4j;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a thread stands still, read off its stack.
 *
 * @param text the innermost frame, and the innermost one that is not of the JDK
 * @param isNetwork true for a native call into the network: a socket, a selector, a look-up of a name
 */
record StandStill(String text, boolean isNetwork) {
  /** What blocks in native code, by package or class; other native methods are quick, and a thread in one only lacks a CPU. */
  private static final List<String> BLOCKING = List.of("java.io.", "java.net.", "sun.nio.", "java.lang.Thread",
      "java.lang.Object", "java.lang.Process", "jdk.internal.misc.Unsafe");

  /** Empty for a stack that ends in code which does not block: that thread only waits for a CPU. */
  static Optional<StandStill> of(StackTraceElement[] stack) {
    if (stack.length == 0 || !stack[0].isNativeMethod()
        || BLOCKING.stream().noneMatch(stack[0].getClassName()::startsWith)) {
      return Optional.empty();
    }
    String innermost = stack[0].getClassName() + "." + stack[0].getMethodName();
    String text = Arrays.stream(stack)
        .filter(frame -> !isOfJdk(frame))
        .findFirst()
        .map(frame -> innermost + " at " + frame)
        .orElse(innermost);
    return Optional.of(new StandStill(text, isNetwork(stack[0].getClassName())));
  }

  /** Files are left out: a disk mostly answers from memory, and a log goes to a file or a pipe. */
  private static boolean isNetwork(String type) {
    return type.startsWith("java.net.") || (type.startsWith("sun.nio.ch.") && !type.contains("File"));
  }

  private static boolean isOfJdk(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
