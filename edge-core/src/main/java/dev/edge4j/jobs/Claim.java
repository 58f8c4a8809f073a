package dev.edge4j.jobs;

/**
 * The right of whoever has taken a job to change it, and a fencing token: it is void once anybody else has taken the job, or cancelled it.
 *
 * @param id which job
 * @param epoch how often it had been taken by then
 */
public record Claim(JobId id, long epoch) {}
