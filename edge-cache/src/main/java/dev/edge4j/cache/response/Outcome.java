package dev.edge4j.cache.response;

import dev.edge4j.cache.http.Freshened;
import dev.edge4j.cache.http.Storing;
import dev.edge4j.http.Response;

/** What came of a fetch, for those who wait for it. */
sealed interface Outcome {
  /** The second layer had it: memory has it now. */
  record Found() implements Outcome {}

  /** It is here as a whole; {@code stored} unless an invalidation came in between. */
  record Whole(Variant variant, boolean stored, int status) implements Outcome {}

  /** A 304 has made a stored response fresh. */
  record Validated(Variant variant, Freshened freshened, Response notModified) implements Outcome {}

  /** Its head is here, and may be shared; its body arrives. */
  record Arriving(Storing.Store head, Response response, Filling filling) implements Outcome {}

  /** It is for the one alone whose request was sent. */
  record Unshareable(Response response, boolean hitForMiss) implements Outcome {}

  /** The origin answered with a failure, of bytes; {@code shareable} if it says that others may have it than the one whose request was sent. */
  record Failed(Response response, boolean shareable) implements Outcome {}

  /** It threw. */
  record Thrown(Throwable error) implements Outcome {}

  /** The origin may not be asked now: as many misses as it may have are there. */
  record Busy() implements Outcome {}

  /** Of one who waits: his time is over, or his client has left. */
  record Left() implements Outcome {}
}
