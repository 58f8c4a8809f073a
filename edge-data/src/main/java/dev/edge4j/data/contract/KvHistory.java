package dev.edge4j.data.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls about one key that several threads made at once, and whether some order of them, one after another, explains all answers: an
 * order in which a call that had returned before another began also stands before it. Found by trying (Wing and Gong, "Testing and
 * Verifying Concurrent Objects", 1993), each state after the same calls only once (Lowe, "Testing for Linearizability", 2017).
 */
final class KvHistory {
  private static final Duration HOUR = Duration.ofHours(1);

  enum Kind {
    READ, PUT, PUT_IF, DELETE, DELETE_IF, TOUCH
  }

  /** @param answer a version, or 1 for a delete that removed something; 0 for none */
  record Call(Kind kind, long expected, long answer, String value, long begin, long end) {}

  /** @param version of the value that is there, 0 for none; {@code last} that was ever given */
  record State(long version, long last, String value) {
    static final State EMPTY = new State(0, 0, "");

    Optional<State> after(Call call) {
      boolean met = version == call.expected;
      return switch (call.kind) {
        case READ -> when(call.answer == version && call.value.equals(value), this);
        case PUT -> written(call, call.value);
        case PUT_IF -> met ? written(call, call.value) : when(call.answer == 0, this);
        case DELETE -> Optional.of(new State(0, last, ""));
        case DELETE_IF -> met ? when(call.answer == 1, new State(0, last, "")) : when(call.answer == 0, this);
        case TOUCH -> version == 0 ? when(call.answer == 0, this) : written(call, value);
      };
    }

    private Optional<State> written(Call call, String now) {
      return when(call.answer > last, new State(call.answer, call.answer, now));
    }

    private static Optional<State> when(boolean explained, State next) {
      return explained ? Optional.of(next) : Optional.empty();
    }
  }

  private record Seen(long done, State state) {}

  private final List<Call> calls;
  private final Set<Seen> seen = new HashSet<>();

  private KvHistory(List<Call> calls) {
    this.calls = calls;
  }

  /** Makes random calls about an absent key; at most 63 of them. */
  static List<Call> record(VersionedKv kv, String key, int threads, int each, long seed) throws InterruptedException,
      ExecutionException {
    var ticks = new AtomicLong();
    var calls = new ArrayList<Call>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Call>>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        var random = new Random(seed * 31 + i);
        all.add(executor.submit(() -> run(kv, key, each, random, ticks)));
      }
      for (Future<List<Call>> one : all) {
        calls.addAll(one.get());
      }
    }
    return calls;
  }

  /** True if some order explains all answers. */
  static boolean isExplained(List<Call> calls) {
    return new KvHistory(calls).goesOn(0, State.EMPTY);
  }

  private static List<Call> run(VersionedKv kv, String key, int count, Random random, AtomicLong ticks) {
    var calls = new ArrayList<Call>();
    long known = 0;
    for (int i = 0; i < count; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      if (kind == Kind.DELETE_IF && known == 0) {
        kind = Kind.READ;
      }
      Call call = call(kv, key, kind, known, String.valueOf(random.nextInt(1_000_000)), ticks);
      known = kind == Kind.DELETE || kind == Kind.DELETE_IF ? known : call.answer;
      calls.add(call);
    }
    return calls;
  }

  private static Call call(VersionedKv kv, String key, Kind kind, long known, String value, AtomicLong ticks) {
    byte[] bytes = value.getBytes(UTF_8);
    long begin = ticks.incrementAndGet();
    String read = kind == Kind.READ ? "" : value;
    long answer = 0;
    switch (kind) {
      case READ -> {
        Optional<KvEntry> entry = kv.entry(key);
        answer = entry.map(KvEntry::version).orElse(0L);
        read = entry.map(KvEntry::text).orElse("");
      }
      case PUT -> answer = kv.put(key, bytes, KvOptions.none());
      case PUT_IF -> answer = kv.putIf(key, known, bytes, KvOptions.none()).orElse(0);
      case DELETE -> kv.delete(key);
      case DELETE_IF -> answer = kv.deleteIf(key, known) ? 1 : 0;
      case TOUCH -> answer = kv.touch(key, HOUR).orElse(0);
    }
    return new Call(kind, known, answer, read, begin, ticks.incrementAndGet());
  }

  private boolean goesOn(long done, State state) {
    if (Long.bitCount(done) == calls.size()) {
      return true;
    }
    if (!seen.add(new Seen(done, state))) {
      return false;
    }
    long firstEnd = Long.MAX_VALUE;
    for (int i = 0; i < calls.size(); i++) {
      firstEnd = isDone(done, i) ? firstEnd : Math.min(firstEnd, calls.get(i).end);
    }
    for (int i = 0; i < calls.size(); i++) {
      if (!isDone(done, i) && calls.get(i).begin < firstEnd) {
        Optional<State> next = state.after(calls.get(i));
        if (next.isPresent() && goesOn(done | 1L << i, next.get())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isDone(long done, int call) {
    return (done & 1L << call) != 0;
  }
}
