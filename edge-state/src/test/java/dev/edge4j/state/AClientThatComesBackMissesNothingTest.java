package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.store.ShardFiles;
import dev.edge4j.state.store.Slot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that resumes gets what it has missed, in order and once: after a lost connection, a restart, a killed process. */
@Timeout(120)
class AClientThatComesBackMissesNothingTest {
  @TempDir private Path folder;

  @Test
  void whatWasSentWhileItWasAwayIsSentAgain() {
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient first = lodging.resumable("/room/tea?tags=a");
      SocketClient other = lodging.resumable("/room/tea?tags=b");
      Room room = lodging.room("tea");
      room.say("1");
      assertEquals("1", first.next());
      first.drop();
      room.say("2");
      room.tell("a", "3");
      room.tell("b", "not to it");
      room.bytes("4");
      SocketClient newcomer = lodging.resumable("/room/tea?tags=a");
      room.say("5");
      SocketClient second = lodging.resumed(first, "/room/tea");
      room.say("6");
      assertEquals(List.of("2", "3", "4", "5", "6"), second.next(5));
      assertEquals(List.of("1", "2", "not to it", "4", "5", "6"), other.next(6));
      assertEquals(List.of("5", "6"), newcomer.next(2), "who comes gets nothing of before");
      second.drop();
      SocketClient third = lodging.resumed(second, "/room/tea");
      assertEquals("echo nothing missed", third.send("nothing missed").next());
    }
  }

  @Test
  void aRestartIsNoDifference() {
    SocketClient first;
    try (Lodging lodging = Lodging.open(folder)) {
      first = lodging.resumable("/room/tea");
      lodging.room("tea").say("1");
      first.next();
      first.drop();
      lodging.room("tea").keepAndSay("2");
    }
    try (Lodging lodging = Lodging.open(folder)) {
      lodging.room("tea").say("3");
      SocketClient second = lodging.resumed(first, "/room/tea");
      lodging.room("tea").say("4");
      assertEquals(List.of("2", "3", "4"), second.next(3));
      assertEquals(List.of(""), lodging.room("tea").here());
      assertEquals(List.of("opened "), lodging.room("tea").log(), "the object knows of no interruption");
    }
  }

  /** The other's messages were the last; with it they go, their numbers stay used. */
  @Test
  void numbersAreNotGivenTwiceWhenTheirSessionHasEnded() {
    SocketClient stays;
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient goes = lodging.resumable("/room/tea?tags=goes");
      stays = lodging.resumable("/room/tea?tags=stays");
      lodging.room("tea").say("1");
      stays.next();
      lodging.room("tea").tell("goes", "2");
      goes.send("3").next();
      goes.send("4").next();
      goes.close();
      assertEquals("gone goes", stays.next());
      assertEquals(5, stays.last());
      lodging.room("tea").tell("stays", "6");
      assertEquals("6", stays.next());
    }
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient back = lodging.resumed(stays, "/room/tea");
      lodging.room("tea").say("7");
      assertEquals("7", back.next());
      assertEquals(7, back.last());
    }
  }

  @Test
  void whoMissedMoreThanIsKeptIsToldSo() throws Exception {
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient just = lodging.resumable("/room/tea?tags=just");
      SocketClient never = lodging.resumable("/room/tea?tags=never");
      just.drop();
      never.drop();
      List<String> kept = IntStream.rangeClosed(1, 256).mapToObj(String::valueOf).toList();
      lodging.room("tea").sayAll(kept.subList(0, 200));
      lodging.room("tea").sayAll(kept.subList(200, 256));
      SocketClient back = lodging.resumed(just, "/room/tea");
      assertEquals(kept, back.next(256));
      lodging.room("tea").say("one too many");
      assertEquals(4410, SocketClient.claiming(lodging.port(), "/room/tea", never.token(), "0").closeCode());
      Lodging.until(() -> lodging.room("tea").log().contains("closed never 4410"));
      assertEquals(List.of("just"), lodging.room("tea").here());
      assertEquals(4410, SocketClient.claiming(lodging.port(), "/room/tea", back.token(), "999").closeCode(),
          "a number that never was");
    }
  }

  @Test
  void oneForManyIsKeptOnceAndOnlyForAsLongAsSomebodyMightCome() {
    try (Lodging lodging = Lodging.open(folder)) {
      List<SocketClient> clients = IntStream.range(0, 20).mapToObj(_ -> lodging.resumable("/room/tea")).toList();
      lodging.room("tea").say("to all");
      clients.forEach(client -> assertEquals("to all", client.next()));
      lodging.plain("/room/coffee");
      lodging.room("coffee").say("to plain ones");
      lodging.resumable("/room/water").drop();
      lodging.room("water").say("to nobody, as it turns out");
      Lodging.until(() -> lodging.connections("water") == 0);
      lodging.pass(Duration.ofMinutes(2));
      Lodging.until(() -> lodging.room("water").log().size() == 2);
    }
    try (ShardFiles files = ShardFiles.open(folder, 1)) {
      assertEquals(1, frames(files, "tea"));
      assertEquals(0, frames(files, "coffee"));
      assertEquals(0, frames(files, "water"));
    }
  }

  private static int frames(ShardFiles files, String room) {
    return files.keys(new ObjectId("room", room), Slot.Kind.FRAME, KeyRange.all()).size();
  }

  /** Two clients that lose their connections again and again while another sends; nothing is missing, nothing twice. */
  @Test
  void connectionsLostInTheMiddleOfItLoseNothing() {
    int messages = 100;
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient client = lodging.resumable("/room/tea");
      Thread sender = Thread.startVirtualThread(() -> IntStream.range(0, messages)
          .forEach(i -> lodging.room("tea").say(String.valueOf(i))));
      var random = new Random(1);
      var seen = new ArrayList<String>();
      while (seen.size() < messages) {
        seen.addAll(client.next(Math.min(messages - seen.size(), 1 + random.nextInt(30))));
        if (random.nextBoolean()) {
          client.drop();
        }
        client = lodging.resumed(client, "/room/tea");
      }
      assertEquals(IntStream.range(0, messages).mapToObj(String::valueOf).toList(), seen);
      assertTrue(!sender.isInterrupted());
    }
  }

  /** What one client was shown was on disk: the other, who had not seen it when the process was killed, gets it from the next. */
  @Test
  void aKilledProcessLosesNothingThatAnybodyHasSeen() throws Exception {
    var shown = new ArrayList<String>();
    var missed = new ArrayList<String>();
    SocketClient speaker;
    SocketClient listener;
    try (RoomProcess process = RoomProcess.start(folder)) {
      speaker = SocketClient.resumable(process.port(), "/room/tea?tags=speaker");
      listener = SocketClient.resumable(process.port(), "/room/tea?tags=listener");
      for (int i = 0; i < 60; i++) {
        speaker.send("say " + i);
      }
      shown.addAll(speaker.next(20));
      missed.addAll(listener.next(5));
    } // killed, with messages under way
    try (Lodging lodging = Lodging.open(folder)) {
      speaker = lodging.resumed(speaker, "/room/tea");
      listener = lodging.resumed(listener, "/room/tea");
      lodging.room("tea").say("end");
      addUntilEnd(speaker, shown);
      addUntilEnd(listener, missed);
      assertEquals(shown, missed, "both were sent the same");
      assertEquals(shown.stream().distinct().count(), shown.size());
      assertEquals(List.of("speaker", "listener"), lodging.room("tea").here());
    }
  }

  private static void addUntilEnd(SocketClient client, List<String> to) {
    for (String next = client.next(); !next.equals("end"); next = client.next()) {
      to.add(next);
    }
  }
}
