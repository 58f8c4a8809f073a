package dev.edge4j.data.engines;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The program of {@link ClickHouseServer}, in a JVM of its own: calls the entry of clickhouse-local in libchdb, which returns when its
 * query has ended. The first argument is the library, the others are those of clickhouse-local. Knows nothing but the JDK, so that it
 * runs from the place of this class alone.
 */
final class ChdbMain {
  private ChdbMain() {}

  @SuppressWarnings("restricted") // it is started with native access
  public static void main(String[] args) throws Throwable {
    try (Arena arena = Arena.ofShared()) {
      SymbolLookup library = SymbolLookup.libraryLookup(Path.of(args[0]), arena);
      Linker linker = Linker.nativeLinker();
      // Its handlers would take the JVM's place, which uses SIGSEGV for its own ends.
      MethodHandle signals = linker.downcallHandle(library.findOrThrow("chdb_set_signal_handlers_enabled"),
          FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
      signals.invokeExact(0);
      MethodHandle query = linker.downcallHandle(library.findOrThrow("query_stable_v2"),
          FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
      var answer = (MemorySegment) query.invokeExact(args.length, arguments(arena, args));
      System.err.println("the query has ended: " + answer); // it should run until the process is ended
    }
  }

  /** As C has them: the first is the program's name, and behind the last is a null. */
  private static MemorySegment arguments(Arena arena, String[] args) {
    MemorySegment all = arena.allocate(ValueLayout.ADDRESS, args.length + 1L);
    for (int i = 0; i < args.length; i++) {
      all.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(i == 0 ? "clickhouse" : args[i]));
    }
    return all;
  }
}
