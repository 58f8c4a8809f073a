package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session is resumed by who holds its token, at its own object, in time, and by nobody else. */
@Timeout(60)
class ForgedTokensAreRefusedTest {
  private static final int NO_SESSION = 4404;

  private Lodging lodging;
  private SocketClient owner;

  @BeforeEach
  void open(@TempDir Path folder) {
    lodging = Lodging.open(folder);
    owner = lodging.resumable("/room/tea?tags=owner");
  }

  @AfterEach
  void close() {
    lodging.close();
  }

  @Test
  void whatIsNoTokenOrAnothersIsRefused() throws Exception {
    String session = owner.token().substring(0, owner.token().indexOf('.'));
    String secret = owner.token().substring(session.length() + 1);
    String other = lodging.resumable("/room/tea").token();
    for (String forged : List.of("x", session, session + ".", session + "." + other.substring(session.length() + 1),
        session + "." + secret.substring(0, 21) + (secret.endsWith("A") ? "Q" : "A"), "0".repeat(28) + "." + secret,
        owner.token() + "A", "%00", "..%2F..")) {
      assertEquals(NO_SESSION, code("/room/tea", forged, "0"), forged);
    }
    owner.send("still here");
    assertEquals("echo still here", owner.next(), "its connection was not touched");
  }

  @Test
  void anotherRoomsTokenIsRefused() throws Exception {
    lodging.resumable("/room/coffee");
    assertEquals(NO_SESSION, code("/room/coffee", owner.token(), "0"));
    assertEquals(NO_SESSION, code("/room/empty", owner.token(), "0"));
    assertEquals(List.of("coffee", "tea"), lodging.namespace().list("", 10), "no room was made");
  }

  @Test
  void whatIsNoNumberIsRefused() throws Exception {
    for (String after : List.of("", "-1", "x", "1e3", "99999999999999999999")) {
      assertEquals(NO_SESSION, code("/room/tea", owner.token(), after), after);
    }
  }

  @Test
  void tokensAreNotRepeatedAndSayNothingOfEachOther() {
    String other = lodging.resumable("/room/tea").token();
    assertNotEquals(owner.token().substring(29), other.substring(29));
    assertEquals(28 + 1 + 22, other.length());
  }

  @Test
  void anEndedSessionIsRefused() throws Exception {
    owner.close();
    Lodging.until(() -> lodging.room("tea").log().contains("closed owner 1000"));
    assertEquals(NO_SESSION, code("/room/tea", owner.token(), "0"));
  }

  @Test
  void whoComesTooLateIsRefusedAndTheObjectWasTold() throws Exception {
    owner.drop();
    Lodging.until(() -> lodging.connections("tea") == 0);
    lodging.pass(Duration.ofMinutes(2).minusMillis(1));
    SocketClient back = lodging.resumed(owner, "/room/tea");
    assertEquals(List.of("opened owner"), lodging.room("tea").log());
    back.drop();
    Lodging.until(() -> lodging.connections("tea") == 0);
    lodging.pass(Duration.ofMinutes(2));
    Lodging.until(() -> lodging.room("tea").log().equals(List.of("opened owner", "closed owner 1006")));
    assertEquals(NO_SESSION, code("/room/tea", owner.token(), "0"));
    assertEquals(List.of(), lodging.room("tea").here());
  }

  @Test
  void oneConnectionAtATimeHasTheSession() throws Exception {
    SocketClient second = lodging.resumed(owner, "/room/tea");
    assertEquals(4409, owner.closeCode());
    lodging.room("tea").say("to one");
    assertEquals("to one", second.next());
    assertEquals(List.of("opened owner"), lodging.room("tea").log());
  }

  private int code(String target, String token, String after) throws Exception {
    return SocketClient.claiming(lodging.port(), target, token, after).closeCode();
  }
}
