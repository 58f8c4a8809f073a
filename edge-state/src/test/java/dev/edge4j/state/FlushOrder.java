package dev.edge4j.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which replies of one writer were written before what they tell of was flushed, by the system calls that {@code strace -f -yy} saw. A call
 * that another thread interrupts stands on two lines, so that the order of lines is the order of events.
 */
final class FlushOrder {
  private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\(\\d+<([^>]*)>(.*)");
  private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)");

  private final Map<String, String> unfinished = new HashMap<>();
  private final Set<String> dirty = new HashSet<>();
  private boolean written;

  private FlushOrder() {}

  /** The replies before which the log was not written, or not flushed after it was last written. */
  static List<String> unflushed(List<String> trace, List<String> replies) {
    var order = new FlushOrder();
    var wrong = new ArrayList<String>();
    int next = 0;
    for (String line : trace) {
      if (next < replies.size() && line.contains(" write(1<") && line.contains('"' + replies.get(next))) {
        if (!order.isFlushed()) {
          wrong.add(replies.get(next));
        }
        order.written = false;
        next++;
      } else {
        order.see(line);
      }
    }
    wrong.addAll(replies.subList(next, replies.size())); // not seen at all
    return wrong;
  }

  private boolean isFlushed() {
    return written && dirty.isEmpty();
  }

  private void see(String line) {
    Matcher call = CALL.matcher(line);
    Matcher resumed = RESUMED.matcher(line);
    if (call.matches() && call.group(3).endsWith("-wal")) {
      if (call.group(2).equals("pwrite64")) {
        written = true;
        dirty.add(call.group(3));
      } else if (line.endsWith("<unfinished ...>")) {
        unfinished.put(call.group(1), call.group(3));
      } else if (line.endsWith("= 0")) {
        dirty.remove(call.group(3));
      }
    } else if (resumed.matches() && line.endsWith("= 0")) {
      String file = unfinished.remove(resumed.group(1));
      if (file != null) {
        dirty.remove(file);
      }
    }
  }
}
