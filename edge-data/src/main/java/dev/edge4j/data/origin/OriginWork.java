package dev.edge4j.data.origin;

import dev.edge4j.data.Queries;

/**
 * What an operation does, wholly or not at all; may be run on another thread. What it throws undoes it; an {@link dev.edge4j.HttpError}
 * of the 400s is thrown again where it was called, everything else is a failure of the origin there.
 */
@FunctionalInterface
public interface OriginWork<A, R> {
  R run(Queries transaction, A argument);
}
