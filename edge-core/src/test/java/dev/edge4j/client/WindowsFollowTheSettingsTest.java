package dev.edge4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What an origin lets a stream send begins with its setting of now, whenever the stream came about (RFC 9113 section 6.9.2). */
class WindowsFollowTheSettingsTest {
  @Test
  void thoseOfRequestsThatAreAboutToLeaveToo() throws Exception {
    var window = new Http2Window();
    Http2Window.Share about = window.share();
    window.begin(5);
    assertEquals(5, about.take(100, 0));
    window.begin(7);
    assertEquals(2, about.take(100, 0));
  }
}
