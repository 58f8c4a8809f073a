package dev.edge4j.state;

/** What a caller whose call failed may know about the turn it asked for. */
public enum Outcome {
  /** The turn left no trace in its object: calling again is safe, unless it called others before, whose turns stand. */
  NOT_EXECUTED("not executed"),

  /** The turn may be on disk or not: read before calling again. */
  UNKNOWN("outcome unknown"),

  /** The turn is on disk, only its result was lost. */
  EXECUTED("executed");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** As messages say it. */
  public String words() {
    return words;
  }
}
