package dev.edge4j.server.limits;

/** What a server counts, from its start. Each limit that turns something away has a count of its own. */
public enum Counter {
  /** Connections that were let in. */
  CONNECTIONS,
  /** Connections turned away because of too many, in all or from their address. */
  CONNECTIONS_REFUSED,
  /** Connections that should have begun with the PROXY protocol of a trusted proxy, and did not. */
  PROXIES_REFUSED,
  /** Connections whose TLS handshake failed or did not end in time. */
  HANDSHAKES_FAILED,
  /** Times that the system had no connection to give, for want of descriptors say. */
  ACCEPTS_FAILED,
  /** Requests whose head was read. */
  REQUESTS,
  /** Requests turned away because they could not be read. */
  MALFORMED,
  /** Requests whose target was too long (414). */
  TARGETS_TOO_LONG,
  /** Requests whose header fields were too large or too many (431). */
  HEADERS_TOO_LARGE,
  /** Requests whose body was too large (413). */
  BODIES_TOO_LARGE,
  /** Heads that did not arrive in time (408). */
  HEADS_TIMED_OUT,
  /** Bodies that paused too long or came too slowly (408). */
  BODIES_TIMED_OUT,
  /** Connections closed because they lay idle. */
  IDLE_CLOSED,
  /** Connections closed because the client took nothing of a response. */
  WRITES_STALLED,
  /** Connections closed because they had brought as many requests as one may. */
  REQUESTS_PER_CONNECTION_REACHED,
  /** Requests answered 503 because as many ran already as may, and as many waited. */
  SHED,
  /** Requests that waited for a place among the handlers. */
  QUEUED,
  /** Requests answered 503 because they had waited for a place as long as one may. */
  QUEUE_TIMEOUTS,
  /** Requests whose handler began on the event loop. */
  STINTS_INLINE,
  /** Requests whose handler began on another thread. */
  HOPS,
  /** Of {@link #STINTS_INLINE}, those that waited for something before they had an answer. */
  PARKS_IN_FIRST_STINT,
  /** Of {@link #STINTS_INLINE}, those that held the event loop longer than 2 ms. */
  STALLS,
  /** How often a route was found to be slow, or always to wait, and has begun on other threads since. */
  ROUTES_SENT_TO_HOP,
  /** How often such a route had been fast for so long that it begins on the event loop again. */
  ROUTES_BACK_INLINE,
  /** HTTP/2: requests refused because the connection had too many at a time. */
  HTTP2_STREAMS_REFUSED,
  /** HTTP/2: connections ended because the client reset too many streams (rapid reset). */
  HTTP2_RESET_FLOODS,
  /** HTTP/2: connections ended because we had to reset too many streams (made-you-reset). */
  HTTP2_MADE_RESET_FLOODS,
  /** HTTP/2: connections ended because a field block was too long, or in too many frames. */
  HTTP2_CONTINUATION_FLOODS,
  /** HTTP/2: connections ended because a few bytes stood for far too many fields. */
  HTTP2_HEADER_BOMBS,
  /** HTTP/2: connections ended because of too many SETTINGS. */
  HTTP2_SETTINGS_FLOODS,
  /** HTTP/2: connections ended because of too many PINGs. */
  HTTP2_PING_FLOODS,
  /** HTTP/2: connections ended because of too many PRIORITY and unknown frames. */
  HTTP2_PRIORITY_FLOODS,
  /** HTTP/2: connections ended because of too many DATA frames without data. */
  HTTP2_EMPTY_DATA_FLOODS,
  /** HTTP/2: connections ended because of too many DATA frames with next to no data. */
  HTTP2_TINY_DATA_FLOODS,
  /** HTTP/2: connections ended because of too many WINDOW_UPDATEs. */
  HTTP2_WINDOW_UPDATE_FLOODS,
  /** WebSockets that were opened. */
  WEBSOCKETS,
  /** WebSockets closed because the peer broke the protocol (1002, 1007). */
  WEBSOCKETS_MALFORMED,
  /** WebSockets closed because a message or a frame was too large (1009). */
  WEBSOCKET_MESSAGES_TOO_LARGE,
  /** WebSockets closed because the peer was silent and answered no ping. */
  WEBSOCKETS_SILENT,
  /** WebSockets whose peer did not finish the closing handshake in time. */
  WEBSOCKET_CLOSES_TIMED_OUT
}
