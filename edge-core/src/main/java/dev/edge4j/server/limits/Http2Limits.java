package dev.edge4j.server.limits;

/**
 * What one HTTP/2 connection may take, beside the limits that hold for any request.
 *
 * @param maxConcurrentStreams requests at a time, those included whose client has cancelled them while a handler runs on; past it
 *        REFUSED_STREAM
 * @param streamWindowBytes of one request's body, how much may be under way or unread
 * @param connectionWindowBytes the same of all bodies of a connection together; larger, so that one that nobody reads does not stop the others
 * @param maxContinuations CONTINUATION frames of one field block, one of which may be empty; past it ENHANCE_YOUR_CALM
 * @param frames how many frames of each kind it may bring in a span of time
 */
public record Http2Limits(int maxConcurrentStreams, int streamWindowBytes, int connectionWindowBytes,
    int maxContinuations, FrameBudgets frames) {
  private static final int SMALLEST_WINDOW_BYTES = 65_535;

  /** Refuses windows below 65,535 bytes, which no setting can take back from a client that sends at once, and numbers that let nobody in. */
  public Http2Limits {
    if (maxConcurrentStreams < 1 || maxContinuations < 0) {
      throw new IllegalArgumentException("HTTP/2: " + maxConcurrentStreams + " concurrent streams, " + maxContinuations
          + " continuations (expected: at least 1 stream, and nothing negative)");
    }
    if (streamWindowBytes < SMALLEST_WINDOW_BYTES || connectionWindowBytes < streamWindowBytes) {
      throw new IllegalArgumentException("windows of " + streamWindowBytes + " and " + connectionWindowBytes
          + " bytes (expected: " + SMALLEST_WINDOW_BYTES + " or more, and the connection's not below the stream's)");
    }
  }

  /** 100 streams, 128 KiB each, 512 KiB together, 8 continuations, and {@link FrameBudgets#defaults}. */
  public static Http2Limits defaults() {
    return new Http2Limits(100, 128 * 1024, 512 * 1024, 8, FrameBudgets.defaults());
  }

  public Http2Limits withMaxConcurrentStreams(int newMaxConcurrentStreams) {
    return new Http2Limits(newMaxConcurrentStreams, streamWindowBytes, connectionWindowBytes, maxContinuations, frames);
  }

  public Http2Limits withWindowBytes(int newStreamWindowBytes, int newConnectionWindowBytes) {
    return new Http2Limits(maxConcurrentStreams, newStreamWindowBytes, newConnectionWindowBytes, maxContinuations,
        frames);
  }

  public Http2Limits withMaxContinuations(int newMaxContinuations) {
    return new Http2Limits(maxConcurrentStreams, streamWindowBytes, connectionWindowBytes, newMaxContinuations, frames);
  }

  public Http2Limits withFrames(FrameBudgets newFrames) {
    return new Http2Limits(maxConcurrentStreams, streamWindowBytes, connectionWindowBytes, maxContinuations, newFrames);
  }
}
