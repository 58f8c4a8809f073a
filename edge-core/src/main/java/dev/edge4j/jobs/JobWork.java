package dev.edge4j.jobs;

/** What a job does. Runs on a virtual thread and may block. Done at least once, so it must bear to be done again. */
@FunctionalInterface
public interface JobWork<I, O> {
  /**
   * The result for an input. What it throws is a failed attempt; {@link PermanentFailure} is the last one. {@link InterruptedException} is the
   * right thing to throw when it is interrupted.
   */
  O run(JobRun run, I input) throws Exception;
}
