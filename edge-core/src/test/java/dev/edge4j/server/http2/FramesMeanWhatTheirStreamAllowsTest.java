package dev.edge4j.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.server.http2.StreamState.Decision;
import dev.edge4j.server.http2.StreamState.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of RFC 9113 section 5.1, and how long a stream is remembered. */
class FramesMeanWhatTheirStreamAllowsTest {
  @ParameterizedTest
  @CsvSource({"IDLE, FAIL_PROTOCOL, TAKE, FAIL_PROTOCOL, FAIL_PROTOCOL", "OPEN, TAKE, TAKE, TAKE, TAKE",
      "HALF_CLOSED, RESET_CLOSED, RESET_CLOSED, TAKE, TAKE", "CLOSED, FAIL_CLOSED, FAIL_CLOSED, IGNORE, IGNORE",
      "ANSWERED, IGNORE, IGNORE, IGNORE, IGNORE",
      "RESET_BY_US, IGNORE, IGNORE, IGNORE, IGNORE", "GONE, FAIL_CLOSED, FAIL_PROTOCOL, IGNORE, IGNORE"})
  void eachStateDecides(StreamState state, Decision data, Decision headers, Decision reset, Decision update) {
    assertEquals(data, state.on(Kind.DATA));
    assertEquals(headers, state.on(Kind.HEADERS));
    assertEquals(reset, state.on(Kind.RESET));
    assertEquals(update, state.on(Kind.WINDOW_UPDATE));
  }

  @Test
  void streamsBelowTheLastOneAreGoneUnlessTheyAreRemembered() {
    var streams = new Streams();
    streams.opened(1);
    streams.close(1, StreamState.CLOSED);
    streams.opened(5);
    streams.close(5, StreamState.RESET_BY_US);
    assertEquals(StreamState.CLOSED, streams.state(1));
    assertEquals(StreamState.GONE, streams.state(3));
    assertEquals(StreamState.RESET_BY_US, streams.state(5));
    assertEquals(StreamState.IDLE, streams.state(7));
    assertEquals(StreamState.IDLE, streams.state(2));
    for (int id = 7; id < 1_000; id += 2) {
      streams.opened(id);
      streams.close(id, StreamState.CLOSED);
    }
    assertEquals(StreamState.GONE, streams.state(1));
    assertEquals(StreamState.CLOSED, streams.state(999));
  }

  @Test
  void nothingIsUnderWayOnceTheClientHasEndedToo() {
    var streams = new Streams();
    streams.opened(1);
    streams.close(1, StreamState.RESET_BY_US);
    streams.ended(1);
    assertEquals(StreamState.CLOSED, streams.state(1));
  }
}
