package dev.edge4j.middleware.experiment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** Which experiments a visitor has seen, each by eight digits of its name's hash: a cookie has little room. Safe for use by the threads of one request. */
final class Exposures {
  /** Beyond, the first are forgotten: whoever sees more experiments than this counts twice. */
  private static final int MOST = 64;
  private static final int DIGITS = 8;

  private final String visitor;
  private final Deque<String> seen;
  private boolean changed;

  private Exposures(String visitor, List<String> seen, boolean changed) {
    this.visitor = visitor;
    this.seen = new ArrayDeque<>(seen);
    this.changed = changed;
  }

  static Exposures ofNew(String visitor) {
    return new Exposures(visitor, List.of(), true);
  }

  static Exposures of(String visitor, String seen) {
    return new Exposures(visitor, seen.isEmpty() ? List.of() : List.of(seen.split(" ")), false);
  }

  String visitor() {
    return visitor;
  }

  /** Notes an experiment; false if it was seen before. */
  synchronized boolean add(String experiment) {
    String mark = mark(experiment);
    if (seen.contains(mark)) {
      return false;
    }
    if (seen.size() == MOST) {
      seen.removeFirst();
    }
    seen.addLast(mark);
    changed = true;
    return true;
  }

  synchronized boolean isChanged() {
    return changed;
  }

  /** As it stands in the cookie. */
  @Override
  public synchronized String toString() {
    return seen.isEmpty() ? visitor : visitor + " " + String.join(" ", seen);
  }

  private static String mark(String experiment) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(experiment.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
