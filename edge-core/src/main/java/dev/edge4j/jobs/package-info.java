/**
 * Heavy work that does not belong into a request: handed in at the edge, kept in a durable queue, done where there is room for it, and looked up
 * afterwards.
 *
 * <p>Start here: {@link dev.edge4j.jobs.OriginJob} says what is to be done, {@link dev.edge4j.jobs.Jobs} takes it and does it,
 * {@link dev.edge4j.jobs.JobRoutes} shows it to the web. {@link dev.edge4j.jobs.JobQueue} is the seam for other stores.
 */
@NullMarked
package dev.edge4j.jobs;

import org.jspecify.annotations.NullMarked;
