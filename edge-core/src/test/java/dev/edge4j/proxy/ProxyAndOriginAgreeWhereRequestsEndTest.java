package dev.edge4j.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.server.WireCase;
import dev.edge4j.server.WireCases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a client sends, a real server behind our proxy sees the requests that the proxy has seen and no others, each with the same method, target and
 * body. A request that follows is answered once, with its own answer, or not at all. So nobody can put a request of his own between those of others.
 */
@ParameterizedClass
@ValueSource(strings = {"jetty", "node"})
@Timeout(60)
class ProxyAndOriginAgreeWhereRequestsEndTest {
  private static final int MUTANTS = 1_000;
  private static final String FOLLOWER = "GET /follower HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
  private static final String[] INSERTS = {"\r\n", "\n", "\r", " ", "\t", ":", ";", ",", "0", "1", "a", "\0", "\u0080",
      "GET /smuggled HTTP/1.1\r\nHost: t\r\n\r\n",
      "Content-Length: 5\r\n", "Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n",
      "Transfer-Encoding: identity\r\n", "Expect: 100-continue\r\n",
      "Connection: content-length\r\n", "Connection: transfer-encoding, x-mark\r\n", "X-Mark: m1\r\n", "0\r\n\r\n",
      "5\r\n", "\r\n\r\n", "Upgrade: x\r\n", "Connection: upgrade\r\n"};
  private static final List<String> MORE = List.of(
      "POST /a HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhello",
      "PUT /b?c=d HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX-T: 1\r\n\r\n",
      "DELETE /c HTTP/1.1\r\nHost: t\r\nConnection: x-a, te\r\nX-A: 1\r\nTE: trailers\r\n\r\n",
      "POST /d HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
      "HEAD /e HTTP/1.1\r\nHost: t\r\n\r\n",
      "POST /f HTTP/1.0\r\nHost: t\r\nContent-Length: 2\r\n\r\nok",
      "OPTIONS /g HTTP/1.1\r\nHost: t\r\nMax-Forwards: 1\r\n\r\n");

  private final RealOrigin origin;
  private final Marked proxy;
  private int answered;

  ProxyAndOriginAgreeWhereRequestsEndTest(String name) throws Exception {
    origin = name.equals("jetty") ? RealOrigin.jetty() : RealOrigin.node();
    proxy = new Marked(origin);
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    origin.close();
  }

  @Test
  void onTheRulesOfHttp() throws Exception {
    List<WireCase> cases = WireCases.all();
    for (WireCase one : cases) {
      check(one.bytes());
    }
    assertTrue(answered > 50, () -> answered + " followers of " + cases.size() + " were answered");
  }

  @Test
  void onWhatIsNearlyRight() throws Exception {
    var random = new Random(9112);
    List<String> seeds = new ArrayList<>(MORE);
    WireCases.accepted().forEach(one -> seeds.add(one.bytes()));
    for (int i = 0; i < MUTANTS; i++) {
      check(mutant(seeds.get(random.nextInt(seeds.size())), random));
    }
    assertTrue(answered > MUTANTS / 20, () -> answered + " followers of " + MUTANTS + " were answered");
  }

  private static String mutant(String seed, Random random) {
    var bytes = new StringBuilder(seed);
    for (int change = random.nextInt(3); change >= 0 && !bytes.isEmpty(); change--) {
      int at = random.nextInt(bytes.length());
      switch (random.nextInt(4)) {
        case 0 -> bytes.deleteCharAt(at);
        case 1 -> bytes.setCharAt(at, (char) random.nextInt(256));
        case 2 -> bytes.insert(at, INSERTS[random.nextInt(INSERTS.length)]);
        default -> { // a line of its own, behind another one
          int line = bytes.indexOf("\r\n", at);
          bytes.insert(line < 0 ? at : line + 2, INSERTS[random.nextInt(INSERTS.length)]);
        }
      }
    }
    return bytes.toString();
  }

  private void check(String sent) throws Exception {
    String received = exchange(sent + FOLLOWER);
    Map<String, Marked.Taken> taken = proxy.taken();
    Map<String, String> told = new TreeMap<>();
    for (String words : origin.told()) {
      String before = told.put(words.split(" ", 2)[0], words);
      assertEquals(null, before, () -> "the origin has seen one request twice, of " + shown(sent));
    }
    told.forEach((mark, words) -> {
      Marked.Taken own = Optional.ofNullable(taken.get(mark))
          .orElseThrow(() -> new AssertionError(
              "the origin has seen what nobody sent: " + words + ", of " + shown(sent)));
      assertTrue(own.isWhole(), () -> "the origin takes for whole what is not: " + words + ", of " + shown(sent));
      assertEquals(own.words(mark), words, () -> "of " + shown(sent));
    });
    long followers = taken.entrySet().stream().filter(one -> one.getValue().head.equals("GET /follower")).count();
    assertTrue(followers <= 1, () -> followers + " followers, of " + shown(sent));
    taken.forEach((mark, own) -> {
      if (own.head.equals("GET /follower")) {
        answered++;
        assertTrue(received.endsWith(mark + " GET /follower 0 00000000"), () -> "the follower has another's answer: "
            + received + ", of "
            + shown(sent));
      }
    });
  }

  /** Sends all of it and returns all that comes. */
  private String exchange(String bytes) throws IOException {
    var received = new ByteArrayOutputStream();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      in.transferTo(received);
    } catch (IOException reset) {
      // what came before it counts
    }
    return received.toString(ISO_8859_1);
  }

  private static String shown(String sent) {
    return sent.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }
}
