package dev.edge4j.state;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;

/** What the class of an object implements to answer HTTP itself; see {@link Namespace#by}. */
public interface FetchHandler {
  /**
   * Answers a request as a turn. Its body has been read before the turn began, so that a slow client holds nobody up; the response leaves after the
   * commit. A body that is streamed is written after the turn, and must not touch the object.
   */
  Response fetch(Request request) throws Exception;
}
