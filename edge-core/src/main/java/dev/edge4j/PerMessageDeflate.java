package dev.edge4j;

import dev.edge4j.WebSocketOptions.Compression;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was agreed on about compression (RFC 7692 section 7). A server can compress with a window of 15 bits and no other, because
 * {@link java.util.zip.Deflater} can; whatever window the client compresses with, it can read.
 *
 * @param serverKeepsContext whether a message from the server may refer to those before it
 * @param clientKeepsContext the same for messages from the client
 */
public record PerMessageDeflate(boolean serverKeepsContext, boolean clientKeepsContext) {
  private static final String NAME = "permessage-deflate";
  private static final String FULL_WINDOW = "15";
  private static final Set<String> WINDOWS = Set.of("8", "9", "10", "11", "12", "13", "14", FULL_WINDOW);

  /** The first of the offers that can be kept; empty if none can. */
  static Optional<PerMessageDeflate> agree(List<Extension> offers, Compression allowed) {
    return allowed == Compression.OFF ? Optional.empty()
        : offers.stream()
            .filter(offer -> offer.name().equals(NAME))
            .flatMap(offer -> accept(offer, allowed).stream())
            .findFirst();
  }

  private static Optional<PerMessageDeflate> accept(Extension offer, Compression allowed) {
    boolean server = allowed == Compression.SHARED_CONTEXT;
    boolean client = server;
    Set<String> seen = new HashSet<>();
    for (Extension.Parameter parameter : offer.parameters()) {
      Optional<String> value = parameter.value();
      boolean legal = switch (parameter.name()) {
        case "server_no_context_takeover" -> {
          server = false;
          yield value.isEmpty();
        }
        case "client_no_context_takeover" -> {
          client = false;
          yield value.isEmpty();
        }
        case "server_max_window_bits" -> value.filter(FULL_WINDOW::equals).isPresent();
        case "client_max_window_bits" -> value.isEmpty() || WINDOWS.contains(value.get());
        default -> false;
      };
      if (!legal || !seen.add(parameter.name())) {
        return Optional.empty();
      }
    }
    return Optional.of(new PerMessageDeflate(server, client));
  }

  /** As it stands in the answer's {@code Sec-WebSocket-Extensions}. */
  @Override
  public String toString() {
    return NAME + (serverKeepsContext ? "" : "; server_no_context_takeover")
        + (clientKeepsContext ? "" : "; client_no_context_takeover");
  }
}
