package dev.edge4j.jobs;

/**
 * A job that was taken.
 *
 * @param status how it stands now, running
 * @param payload its input, which nobody changes
 */
public record LeasedJob(JobStatus status, byte[] payload) {
  /** The right to change it. */
  public Claim claim() {
    return status.claim();
  }
}
