package dev.edge4j.jobs;

/** One attempt at a job, as the job itself sees it. Safe for use by many threads. */
public interface JobRun {
  /** The same in every attempt: give it to whatever else must not be done twice. */
  JobId id();

  /** 1 for the first attempt. */
  int attempt();

  /**
   * Says how far it has come: 0 to 1, and what it is at, for people. Kept by the queue and shown to whoever asks; four times a second at the
   * most, what comes in between is dropped.
   */
  void progress(double fraction, String note);

  /**
   * True once nothing will come of this attempt: its time is over, the job was cancelled or has passed to somebody else, or the process stops. Its
   * thread is interrupted then; what cannot be interrupted asks here from time to time.
   */
  boolean stopped();
}
