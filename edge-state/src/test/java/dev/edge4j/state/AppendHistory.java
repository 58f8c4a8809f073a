package dev.edge4j.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the callers of one list have seen, and whether that is what one list could have shown them: linearizability of an append-list,
 * checked in linear time but for the sorting. It is complete for such a list, as reads name all they have seen.
 *
 * <p>Each acknowledged append is there exactly once, a refused one is not, one of unknown outcome may be; what was acknowledged
 * before another began comes before it; each read is a prefix of the final list with all that was acknowledged before it began, and
 * nothing that began after it ended; and reads grow as time goes on.
 */
record AppendHistory(List<Operation> operations, List<String> kept) {
  /** What became of an append. */
  enum Result {
    DONE, REFUSED, UNKNOWN
  }

  sealed interface Operation {
    long began();

    long ended();

    record Append(String entry, Result result, long began, long ended) implements Operation {}

    record Read(List<String> seen, long began, long ended) implements Operation {}
  }

  /** What is wrong; empty if nothing is. */
  Optional<String> fault() {
    Map<String, Integer> places = new HashMap<>();
    for (String entry : kept) {
      if (places.put(entry, places.size()) != null) {
        return Optional.of(entry + " is there twice");
      }
    }
    return appends(places).or(() -> order(places)).or(this::prefixes).or(() -> reads(places)).or(this::monotone);
  }

  private Optional<String> appends(Map<String, Integer> places) {
    for (Operation operation : operations) {
      if (operation instanceof Operation.Append append) {
        boolean there = places.containsKey(append.entry());
        if (append.result() != Result.UNKNOWN && there == (append.result() == Result.REFUSED)) {
          return Optional.of(append + (there ? " is there" : " is lost"));
        }
      }
    }
    return Optional.empty();
  }

  /** Real time: by end of the earlier and begin of the later, the greatest place so far must not pass what begins afterwards. */
  private Optional<String> order(Map<String, Integer> places) {
    List<Operation.Append> done = appends().stream().filter(a -> places.containsKey(a.entry())).toList();
    List<Operation.Append> byEnd = done.stream()
        .filter(a -> a.result() == Result.DONE)
        .sorted(Comparator.comparingLong(Operation::ended))
        .toList();
    List<Operation.Append> byBegin = done.stream().sorted(Comparator.comparingLong(Operation::began)).toList();
    int ended = 0;
    int last = -1;
    for (Operation.Append append : byBegin) {
      while (ended < byEnd.size() && byEnd.get(ended).ended() < append.began()) {
        last = Math.max(last, places.getOrDefault(byEnd.get(ended++).entry(), -1));
      }
      if (places.getOrDefault(append.entry(), -1) < last) {
        return Optional.of(append + " comes before one that had ended: " + kept.get(last));
      }
    }
    return Optional.empty();
  }

  private Optional<String> prefixes() {
    return readsByEnd().stream()
        .filter(read -> read.seen().size() > kept.size() || !kept.subList(0, read.seen().size()).equals(read.seen()))
        .findFirst()
        .map(read -> read + " is no beginning of " + kept);
  }

  private Optional<String> reads(Map<String, Integer> places) {
    for (Operation.Read read : readsByEnd()) {
      for (Operation.Append append : appends()) {
        boolean seen = places.getOrDefault(append.entry(), Integer.MAX_VALUE) < read.seen().size();
        if (!seen && append.result() == Result.DONE && append.ended() < read.began()) {
          return Optional.of(read + " does not see " + append);
        }
        if (seen && append.began() > read.ended()) {
          return Optional.of(read + " sees what had not begun: " + append);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> monotone() {
    List<Operation.Read> byEnd = readsByEnd();
    int ended = 0;
    int most = 0;
    for (Operation.Read read : byEnd.stream().sorted(Comparator.comparingLong(Operation::began)).toList()) {
      while (ended < byEnd.size() && byEnd.get(ended).ended() < read.began()) {
        most = Math.max(most, byEnd.get(ended++).seen().size());
      }
      if (read.seen().size() < most) {
        return Optional.of(read + " sees less than one before it, which saw " + most);
      }
    }
    return Optional.empty();
  }

  private List<Operation.Append> appends() {
    var appends = new ArrayList<Operation.Append>();
    operations.forEach(operation -> {
      if (operation instanceof Operation.Append append) {
        appends.add(append);
      }
    });
    return appends;
  }

  private List<Operation.Read> readsByEnd() {
    var reads = new ArrayList<Operation.Read>();
    operations.forEach(operation -> {
      if (operation instanceof Operation.Read read) {
        reads.add(read);
      }
    });
    reads.sort(Comparator.comparingLong(Operation::ended));
    return reads;
  }
}
