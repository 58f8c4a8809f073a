package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a socket was opened with, and what its object has kept with it, is there when the object wakes and when the client comes back. */
@Timeout(60)
class TagsAndAttachmentsStayTest {
  private Path folder;
  private Lodging lodging;

  @BeforeEach
  void open(@TempDir Path in) {
    folder = in;
    lodging = Lodging.open(in);
  }

  @AfterEach
  void close() {
    lodging.close();
  }

  @Test
  void theyAreThereAfterEvictionResumptionAndRestart() {
    SocketClient first = lodging.resumable("/room/tea?tags=b,a");
    first.send("attach tray").next();
    String name = first.send("name").next();
    lodging.namespace().evict("tea");
    assertEquals("tray", first.send("attached").next());
    first.drop();
    SocketClient second = lodging.resumed(first, "/room/tea?tags=others,are,ignored");
    assertEquals("tray", second.send("attached").next());
    lodging.close();
    lodging = Lodging.open(folder);
    SocketClient third = lodging.resumed(second, "/room/tea");
    assertEquals(List.of("b,a=tray"), lodging.room("tea").here());
    assertEquals("b,a", third.send("tags").next());
    assertEquals(name, third.send("name").next());
  }

  @Test
  void tagsAddressSome() {
    SocketClient a = lodging.plain("/room/tea?tags=a,ab");
    SocketClient b = lodging.resumable("/room/tea?tags=b,ab");
    Lodging.until(() -> lodging.room("tea").here().size() == 2);
    lodging.room("tea").tell("a", "to a");
    lodging.room("tea").tell("b", "to b");
    lodging.room("tea").tell("c", "to nobody");
    lodging.room("tea").tell("ab", "to both");
    assertEquals(List.of("to a", "to both"), a.next(2));
    assertEquals(List.of("to b", "to both"), b.next(2));
  }

  @Test
  void theyAreInTheOrderOfOpening() {
    for (String tag : List.of("z", "m", "a")) {
      lodging.pass(Duration.ofMillis(1));
      lodging.resumable("/room/tea?tags=" + tag);
    }
    assertEquals(List.of("z", "m", "a"), lodging.room("tea").here());
    lodging.namespace().evict("tea");
    assertEquals(List.of("z", "m", "a"), lodging.room("tea").here());
  }

  @Test
  void thereAreTenTagsAtMostAndTheyAreShort() throws Exception {
    String ten = IntStream.range(0, 10).mapToObj(String::valueOf).collect(Collectors.joining(","));
    assertEquals("echo hi", lodging.plain("/room/tea?tags=" + ten).send("hi").next());
    assertEquals(1008, lodging.plain("/room/tea?tags=10," + ten).closeCode());
    assertEquals("echo hi", lodging.plain("/room/tea?tags=" + "t".repeat(256)).send("hi").next());
    assertEquals(1008, lodging.plain("/room/tea?tags=" + "t".repeat(257)).closeCode());
  }

  @Test
  void anAttachmentHas16KiBAtMost() throws Exception {
    int most = (16 << 10) - 2; // two quotes
    SocketClient client = lodging.plain("/room/tea");
    assertEquals("attached", client.send("attach " + "x".repeat(most)).next());
    assertEquals(most, client.send("attached").next().length());
    client.send("attach " + "x".repeat(most + 1));
    assertEquals(1011, client.closeCode());
  }

  @Test
  void bytesComeAsBytes() {
    SocketClient client = lodging.resumable("/room/tea");
    lodging.room("tea").bytes("by bytes");
    assertEquals("by bytes", client.next());
    assertEquals(1, client.last());
  }
}
