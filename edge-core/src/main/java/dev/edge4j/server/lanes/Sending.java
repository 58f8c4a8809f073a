package dev.edge4j.server.lanes;

import dev.edge4j.http.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends an answer so that whatever happens the request ends: what a task of the event loop throws, nobody else would see. */
final class Sending {
  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  private Sending() {}

  /** On the loop. */
  static void send(Reply reply, Response response) {
    try {
      reply.send(response);
    } catch (Throwable e) { // errors too: the connection would stand still for ever
      LOG.error("an answer could not be sent", e);
      reply.abandon();
    }
  }
}
