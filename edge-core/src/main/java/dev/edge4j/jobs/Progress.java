package dev.edge4j.jobs;

/**
 * How far a job has come.
 *
 * @param fraction 0 to 1
 * @param note what it is at, for people; at most 200 characters
 */
public record Progress(double fraction, String note) {
  /** Not begun. */
  public static final Progress NONE = new Progress(0, "");

  private static final int MAX_NOTE = 200;

  /** Refuses a fraction outside of 0 to 1 and a note that is too long. */
  public Progress {
    if (!(fraction >= 0 && fraction <= 1) || note.length() > MAX_NOTE) { // NaN is neither
      throw new IllegalArgumentException("progress: " + fraction + ", note of " + note.length()
          + " characters (expected: 0 to 1, at most " + MAX_NOTE + " characters)");
    }
  }
}
