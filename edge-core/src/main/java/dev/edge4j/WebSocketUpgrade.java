package dev.edge4j;

import dev.edge4j.http.Body;
import java.util.Optional;

/**
 * What a connection goes on with after the 101 that {@link Routes#ws} answers. For servers, which run the handler over it.
 *
 * @param context the request's context, for the handler alone
 * @param handler what talks
 * @param subprotocol what was agreed on
 * @param compression what was agreed on; empty for none
 */
public record WebSocketUpgrade(Context context, WebSocketHandler handler, Optional<String> subprotocol,
    Optional<PerMessageDeflate> compression)
    implements
      Body.Protocol {
  @Override
  public String name() {
    return "websocket";
  }
}
