package dev.edge4j.jobs;

import java.util.Locale;

/** Where a job stands. */
public enum JobState {
  /** Nobody is at it; it may be taken once it is due. */
  WAITING,
  /** Somebody has taken it, until his lease ends. */
  RUNNING,
  /** It has a result. */
  DONE,
  /** It was given up: a dead letter, which {@link Jobs#requeue} brings back. */
  DEAD,
  /** Somebody did not want it any more. */
  CANCELLED;

  /** True for what changes no more, unless a dead letter is brought back. */
  public boolean hasEnded() {
    return this == DONE || this == DEAD || this == CANCELLED;
  }

  /** In lower case, as the web sees it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
