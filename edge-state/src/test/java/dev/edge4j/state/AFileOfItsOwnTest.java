package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Migrations;
import dev.edge4j.state.store.RoutedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An object whose class asks for SQL keeps all it has in one file of its own, of which few are open at a time. */
@Timeout(60)
class AFileOfItsOwnTest {
  private static final DurableObjectsOptions OPTIONS = DurableObjectsOptions.defaults().withShards(1);

  @TempDir private Path folder;

  @Test
  void whatItKeepsIsThereAfterARestart() {
    try (DurableObjects objects = open()) {
      Ledger ledger = objects.namespace(Ledger.declared("ledger")).get("a");
      assertEquals(1, ledger.add("tea", 3));
      assertEquals(2, ledger.add("pot", 20));
    }
    assertEquals(1, files().size());
    try (DurableObjects objects = open()) {
      Namespace<Ledger> ledgers = objects.namespace(Ledger.declared("ledger"));
      assertEquals(23, ledgers.get("a").sum());
      assertEquals(List.of(new Ledger.Line(1, "tea", 3), new Ledger.Line(2, "pot", 20)), ledgers.get("a").lines());
      assertEquals(3, ledgers.get("a").add("cup", 4));
    }
  }

  @Test
  void whoOnlyLooksLeavesNoFile() {
    try (DurableObjects objects = open()) {
      Namespace<Ledger> ledgers = objects.namespace(Ledger.declared("ledger"));
      assertEquals(0, ledgers.get("a").sum());
      assertEquals(List.of(), ledgers.get("b").lines());
      assertThrows(IllegalStateException.class, () -> ledgers.get("c").addAndFail("tea", 3));
      assertFalse(ledgers.inspect("d").exists());
      assertEquals(List.of(), ledgers.list("", 10));
    }
    assertEquals(List.of(), files());
  }

  @Test
  void deleteAllTakesTheFileAway() {
    try (DurableObjects objects = open()) {
      Namespace<Ledger> ledgers = objects.namespace(Ledger.declared("ledger"));
      ledgers.get("a").add("tea", 3);
      ledgers.get("b").add("tea", 3);
      ledgers.get("a").clear();
      ledgers.get("b").beginAnew("pot");
      assertEquals(0, ledgers.get("a").sum());
      assertEquals(List.of(new Ledger.Line(1, "pot", 1)), ledgers.get("b").lines());
      assertEquals(List.of("b"), ledgers.list("", 10));
      assertEquals(List.of(), ledgers.find("last", "tea", "", 10));
    }
    assertEquals(1, files().size());
  }

  @Test
  void fewAreOpenAtATime() throws Exception {
    RoutedFiles store = RoutedFiles.open(folder, 1, 1);
    try (DurableObjects objects = DurableObjects.of(store, OPTIONS)) {
      Namespace<Ledger> ledgers = objects.namespace(Ledger.declared("ledger"));
      var threads = new ArrayList<Thread>();
      for (int thread = 0; thread < 4; thread++) {
        int first = thread;
        threads.add(Thread.startVirtualThread(() -> IntStream.range(0, 30)
            .forEach(i -> ledgers.get("o" + (first + i)
                % 12).add(first + ":" + i, 1))));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertTrue(store.openFiles() <= 1, store.openFiles() + " are open");
      assertEquals(120, IntStream.range(0, 12).mapToLong(i -> ledgers.get("o" + i).sum()).sum());
      assertTrue(store.openFiles() <= 1, store.openFiles() + " are open");
    }
  }

  @Test
  void aFileOfAnotherObjectIsRefusedAndHarmsNobodyElse() throws IOException {
    try (DurableObjects objects = open()) {
      Namespace<Ledger> ledgers = objects.namespace(Ledger.declared("ledger"));
      ledgers.get("a").add("tea", 3);
    }
    Path a = files().getFirst();
    try (DurableObjects objects = open()) {
      objects.namespace(Ledger.declared("ledger")).get("b").add("pot", 20);
    }
    Path b = files().stream().filter(file -> !file.equals(a)).findFirst().orElseThrow();
    byte[] of = Files.readAllBytes(a);
    Files.write(b, of);
    try (DurableObjects objects = open()) {
      Namespace<Ledger> ledgers = objects.namespace(Ledger.declared("ledger"));
      var refused = assertThrows(RuntimeException.class, () -> ledgers.get("b").sum());
      assertTrue(String.valueOf(refused.getMessage()).contains("object=a"), refused.getMessage());
      assertEquals(3, ledgers.get("a").sum());
      Files.writeString(b, "this is no database, and never was one; it is long enough to be taken for a header. "
          .repeat(
              20));
      assertThrows(RuntimeException.class, () -> ledgers.get("b").sum());
      assertEquals(2, ledgers.get("a").add("cup", 4));
    }
  }

  @Test
  void aNamespaceStaysWhatItIs() {
    try (DurableObjects objects = open()) {
      objects.namespace(Ledger.declared("ledger")).get("a").add("tea", 3);
      objects.namespace("counter", Counter.class, Counter.Stored::new).get("a").add(1);
    }
    try (DurableObjects objects = open()) {
      assertThrows(IllegalStateException.class, () -> objects.namespace("ledger", Counter.class, Counter.Stored::new));
      assertThrows(IllegalStateException.class, () -> objects.namespace(Ledger.declared("counter")));
      assertEquals(3, objects.namespace(Ledger.declared("ledger")).get("a").sum());
      assertEquals(1, objects.namespace("counter", Counter.class, Counter.Stored::new).get("a").value());
    }
  }

  @Test
  void newTablesAreMadeAtTheNextWaking() {
    try (DurableObjects objects = open()) {
      objects.namespace(Ledger.declared("ledger")).get("a").add("tea", 3);
    }
    var more = new ArrayList<>(Ledger.TABLES.steps());
    more.add(new Migrations.Step(2, "more",
        "ALTER TABLE message ADD COLUMN note TEXT; CREATE TABLE extra (x INTEGER)"));
    var broken = new ArrayList<>(more);
    broken.add(new Migrations.Step(3, "broken", "CREATE TABLE half (x INTEGER); INSERT INTO nowhere VALUES (1)"));
    try (DurableObjects objects = open()) {
      Ledger ledger = objects.namespace(declared(broken)).get("a");
      var failed = assertThrows(ObjectException.class, ledger::sum);
      assertEquals(Outcome.NOT_EXECUTED, failed.outcome());
      assertTrue(String.valueOf(failed.getMessage()).contains("migration 3 (broken) failed"), failed.getMessage());
    }
    try (DurableObjects objects = open()) { // nothing is half applied, so that the old program still runs
      assertEquals(2, objects.namespace(Ledger.declared("ledger")).get("a").add("pot", 20));
    }
    try (DurableObjects objects = open()) {
      Ledger ledger = objects.namespace(declared(more)).get("a");
      assertEquals(23, ledger.sum());
      assertEquals(1, ledger.run("INSERT INTO extra VALUES (1)"));
    }
    try (DurableObjects objects = open()) {
      var failed = assertThrows(ObjectException.class, objects.namespace(Ledger.declared("ledger")).get("a")::sum);
      assertTrue(String.valueOf(failed.getMessage()).contains("newer than this program"), failed.getMessage());
    }
  }

  private static ObjectClass<Ledger> declared(List<Migrations.Step> steps) {
    return ObjectClass.of("ledger", Ledger.class, Ledger.Stored::new).sql(new Migrations(steps));
  }

  private DurableObjects open() {
    return DurableObjects.embedded(folder, OPTIONS);
  }

  /** The files of objects, found by their names. */
  private List<Path> files() {
    try (Stream<Path> all = Files.walk(folder.resolve("sql"))) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}\\.db")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
