package dev.edge4j.jobs;

/**
 * What became of a job that was handed in.
 *
 * @param status how it stands
 * @param repeated true if it had been handed in before under the same key, and is that job
 */
public record Enqueued(JobStatus status, boolean repeated) {}
