package dev.edge4j.server.http2;

/**
 * The life of a stream as a server sees it (RFC 9113 section 5.1), and what a frame means in each state. We push nothing, so no stream is reserved.
 */
enum StreamState {
  /** Never heard of. */
  IDLE,
  /** The client sends its request. */
  OPEN,
  /** The request is whole; the answer is not. */
  HALF_CLOSED,
  /** The answer has ended before the request: what still comes of it is thrown away, and the stream is soon reset. */
  ANSWERED,
  /** Both have ended, or the client has reset it. */
  CLOSED,
  /** We have reset it: what was under way when we did still arrives. */
  RESET_BY_US,
  /** Passed over when the client opened a later one, or closed so long ago that we forgot how. */
  GONE;

  /** A frame that is about one stream. */
  enum Kind {
    DATA, HEADERS, RESET, WINDOW_UPDATE
  }

  /** What becomes of a frame. */
  enum Decision {
    /** It means what it says. */
    TAKE,
    /** It came too late to mean anything. */
    IGNORE,
    /** It costs the stream: STREAM_CLOSED. */
    RESET_CLOSED,
    /** It costs the connection: STREAM_CLOSED. */
    FAIL_CLOSED,
    /** It costs the connection: PROTOCOL_ERROR. */
    FAIL_PROTOCOL
  }

  Decision on(Kind kind) {
    boolean carries = kind == Kind.DATA || kind == Kind.HEADERS;
    return switch (this) {
      case IDLE -> kind == Kind.HEADERS ? Decision.TAKE : Decision.FAIL_PROTOCOL;
      case OPEN -> Decision.TAKE;
      case HALF_CLOSED -> carries ? Decision.RESET_CLOSED : Decision.TAKE;
      case CLOSED -> carries ? Decision.FAIL_CLOSED : Decision.IGNORE;
      case ANSWERED, RESET_BY_US -> Decision.IGNORE;
      case GONE -> switch (kind) {
        case HEADERS -> Decision.FAIL_PROTOCOL; // a stream may not be opened below the last one (section 5.1.1)
        case DATA -> Decision.FAIL_CLOSED;
        case RESET, WINDOW_UPDATE -> Decision.IGNORE;
      };
    };
  }
}
