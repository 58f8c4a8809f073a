package dev.edge4j.server.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Headers;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** A head holds the fields of the response, and of those that frame it only what the server decided. */
class HeadsAreWrittenExactlyTest {
  private static final String DATE = "\r\nDate: [A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n";

  private static String head(int status, Headers headers, long length, HeadEncoder.Connection connection) {
    String head = new String(HeadEncoder.encode(status, headers, length, connection), ISO_8859_1);
    assertTrue(head.replaceFirst(DATE, "\r\n").length() < head.length(), head);
    return head.replaceFirst(DATE, "\r\n");
  }

  @Test
  void fieldsStandInTheirOrderAndAsTheyWereGiven() {
    assertEquals("HTTP/1.1 200 OK\r\nx-B: 1\r\nX-a: \u00e9\r\nx-b: 2\r\nContent-Length: 0\r\n\r\n",
        head(200, Headers.of("x-B", "1", "X-a", "\u00e9", "x-b", "2"), 0, HeadEncoder.Connection.KEPT));
  }

  @Test
  void whatFramesAMessageIsTheServersAlone() {
    Headers meddling = Headers.of("content-length", "7", "A", "1", "Transfer-Encoding", "gzip", "connection", "close",
        "DATE", "today");
    assertEquals("HTTP/1.1 404 Not Found\r\nA: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        head(404, meddling, HeadEncoder.CHUNKED, HeadEncoder.Connection.KEPT));
    assertEquals("HTTP/1.1 204 No Content\r\nA: 1\r\nConnection: close\r\n\r\n",
        head(204, meddling, HeadEncoder.UNSAID, HeadEncoder.Connection.CLOSED));
    assertEquals("HTTP/1.1 599 Server Error\r\nA: 1\r\nContent-Length: 12\r\nConnection: keep-alive\r\n\r\n",
        head(599, meddling, 12, HeadEncoder.Connection.KEPT_FOR_OLD));
  }

  @Test
  void rfc9110Section6p6p1ADateThatIsOneIsKept() {
    String dated = "Date: Sun, 06 Nov 1994 08:49:37 GMT";
    Headers kept = Headers.of("A", "1", "Date", "Sun, 06 Nov 1994 08:49:37 GMT");
    assertEquals("HTTP/1.1 200 OK\r\nA: 1\r\n" + dated + "\r\nContent-Length: 0\r\n\r\n", new String(HeadEncoder
        .encode(200, kept, 0, HeadEncoder.Connection.KEPT), ISO_8859_1));
    String own = head(200, kept.withAdded("date", "Sun, 06 Nov 1994 08:49:38 GMT"), 0, HeadEncoder.Connection.KEPT);
    assertEquals("HTTP/1.1 200 OK\r\nA: 1\r\nContent-Length: 0\r\n\r\n", own);
  }

  @Test
  void fieldsThatAreSharedAreEncodedOnce() {
    Headers shared = Headers.of("A", "1");
    assertSame(shared.lines(), shared.lines());
  }

  @Property
  void everyLengthIsADecimalNumber(@ForAll @LongRange(min = 0) long length) {
    assertEquals("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n",
        head(200, Headers.empty(), length, HeadEncoder.Connection.KEPT));
  }
}
