package dev.edge4j.examples.shop.it;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * System calls of many threads, in the order in which strace saw them begin and end. A call that another one interrupts stands on
 * two lines, so the order of lines is the order of events: what ended on an earlier line than another began was over by then.
 *
 * @param calls those that have ended, by their ends
 */
record SystemCalls(List<Call> calls) {
  private static final Pattern LINE = Pattern.compile("(\\d+) +\\d+\\.\\d+ (.*)");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern WHOLE = Pattern.compile("(\\w+)\\((.*)\\)\\s+= (-?\\d+).*");
  private static final String UNFINISHED = " <unfinished ...>";

  /**
   * One call.
   *
   * @param began number of the line on which it began
   * @param ended number of the line on which it ended
   * @param name as in {@code fdatasync}
   * @param arguments as strace prints them, with the paths and addresses of descriptors
   * @param result what it returned
   */
  record Call(int began, int ended, String name, String arguments, long result) {
    /** The file or connection behind the descriptor that comes first. */
    String target() {
      int from = arguments.indexOf('<') + 1;
      return arguments.substring(from, arguments.indexOf('>', from));
    }

    boolean flushes(String text) {
      return name.matches("fdatasync|fsync") && arguments.contains(text) && result == 0;
    }

    boolean writes(String text) {
      return name.matches("p?writev?(64)?|send(to|msg)") && arguments.contains(text) && result > 0;
    }

    boolean reads(String text) {
      return name.matches("readv?|recv(from|msg)") && arguments.contains(text) && result > 0;
    }
  }

  private record Begun(int line, String text) {}

  /** Reads what {@code strace -f -ttt -yy -o} wrote. */
  static SystemCalls parse(List<String> lines) {
    Map<String, Begun> unfinished = new HashMap<>();
    List<Call> calls = new ArrayList<>();
    for (int number = 0; number < lines.size(); number++) {
      Matcher line = LINE.matcher(lines.get(number));
      if (!line.matches()) {
        continue;
      }
      String thread = line.group(1);
      String text = line.group(2);
      if (text.endsWith(UNFINISHED)) {
        unfinished.put(thread, new Begun(number, text.substring(0, text.length() - UNFINISHED.length())));
      } else {
        whole(Optional.ofNullable(unfinished.remove(thread)), number, text).ifPresent(calls::add);
      }
    }
    return new SystemCalls(List.copyOf(calls));
  }

  /** The call that ends on this line, which may have begun on another. */
  private static Optional<Call> whole(Optional<Begun> begun, int number, String text) {
    Matcher resumed = RESUMED.matcher(text);
    Matcher call = WHOLE.matcher(resumed.matches() ? begun.map(Begun::text).orElse("") + resumed.group(1) : text);
    if (!call.matches()) {
      return Optional.empty();
    }
    int began = begun.map(Begun::line).orElse(number);
    return Optional.of(new Call(began, number, call.group(1), call.group(2), Long.parseLong(call.group(3))));
  }

  /** The first call that began on that line or later and is so. */
  Optional<Call> first(int fromLine, Predicate<Call> wanted) {
    return calls.stream().filter(call -> call.began() >= fromLine && wanted.test(call)).findFirst();
  }
}
