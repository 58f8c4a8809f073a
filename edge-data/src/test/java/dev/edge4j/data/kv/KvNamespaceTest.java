package dev.edge4j.data.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.json.JsonException;
import dev.edge4j.json.TypeRef;
import dev.edge4j.kv.KvNamespace;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.MemoryKv;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The keys of a prefix are read and written as text, JSON, bytes and streams, over any store. */
class KvNamespaceTest {
  private record Visitor(String name, int visits) {}

  private static final TypeRef<Map<Long, Integer>> LINES = new TypeRef<>() {};

  private final MemoryKv kv = new MemoryKv();
  private final KvNamespace users = KvNamespace.of(kv, "user:");

  @Test
  void readsWhatItWroteInEveryForm() throws IOException {
    long version = users.putText("a", "Ä", KvOptions.none());
    assertEquals(Optional.of("Ä"), users.text("a"));
    assertEquals(version, users.entry("a").orElseThrow().version());
    assertEquals("user:a", users.entry("a").orElseThrow().key());
    users.putJson("b", new Visitor("Ada", 1), KvOptions.none());
    assertEquals(Optional.of(new Visitor("Ada", 1)), users.json("b", Visitor.class));
    users.putJson("c", Map.of(7L, 2), KvOptions.none());
    assertEquals(Optional.of(Map.of(7L, 2)), users.json("c", LINES));
    assertThrows(JsonException.class, () -> users.json("c", Visitor.class));
    users.putStream("d", new ByteArrayInputStream("stream".getBytes(UTF_8)), KvOptions.none());
    try (InputStream in = users.stream("d").orElseThrow()) {
      assertEquals("stream", new String(in.readAllBytes(), UTF_8));
    }
    users.putBytes("e", new byte[]{1}, KvOptions.none());
    assertArrayEquals(new byte[]{1}, users.bytes("e").orElseThrow());
    users.delete("e");
    assertEquals(Optional.empty(), users.bytes("e"));
    assertEquals(Optional.empty(), users.json("none", Visitor.class));
  }

  @Test
  void aStreamThatIsTooLongIsRefused() {
    InputStream endless = new InputStream() {
      @Override
      public int read() {
        return 1;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        return length;
      }
    };
    assertThrows(IllegalArgumentException.class, () -> users.putStream("a", endless, KvOptions.none()));
    assertEquals(Optional.empty(), users.bytes("a"));
  }

  @Test
  void pagesShowItsKeysAlone() {
    kv.put("other", new byte[0]);
    users.putText("a", "1", KvOptions.none().withMetadata("1"));
    users.putText("b", "1", KvOptions.none());
    KvPage first = users.page("", 1);
    assertEquals(List.of(new KvPage.Item("a", Optional.empty(), Optional.of("1"))), first.items());
    KvPage second = users.page(first.cursor().orElseThrow(), 1);
    assertEquals(List.of("b"), second.items().stream().map(KvPage.Item::key).toList());
    assertTrue(second.complete());
  }

  @Test
  void updatesLoseNothing() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (int i = 0; i < 200; i++) {
        all.add(threads.submit(() -> users.update("a", Visitor.class, KvOptions.none(), now -> new Visitor("Ada", now
            .map(
                Visitor::visits)
            .orElse(0) + 1))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertEquals(Optional.of(new Visitor("Ada", 200)), users.json("a", Visitor.class));
  }

  @Test
  void itsReadsMayBeOld() {
    try (var line = new HookedKv(kv, true); var cached = CachedKv.over(line)) {
      KvNamespace fresh = KvNamespace.of(cached, "user:");
      KvNamespace old = fresh.readAtMost(Duration.ofHours(1));
      users.putText("a", "1", KvOptions.none());
      assertEquals(Optional.of("1"), old.text("a"));
      users.putText("a", "2", KvOptions.none());
      assertEquals(Optional.of("1"), old.text("a"));
      assertEquals(Optional.of("2"), fresh.text("a"));
      assertEquals(Optional.of("2"), old.text("a"), "a fresh read renews the copy");
    }
  }
}
