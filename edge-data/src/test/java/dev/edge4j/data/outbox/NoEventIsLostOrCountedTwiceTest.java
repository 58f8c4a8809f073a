package dev.edge4j.data.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.testing.Aside;
import dev.edge4j.data.testing.TcpLink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database of events is away while 2,000 events a second come, and the program is killed: once in the middle of the outage, and once in
 * the middle of catching up. Every event that was accepted is counted, and none twice.
 */
@Aside
@Timeout(240)
class NoEventIsLostOrCountedTwiceTest {
  private static final boolean LONG = Boolean.getBoolean("edge4j.long");

  /** What the events are counted in, behind a link. */
  interface Counted extends AutoCloseable {
    int port();

    /** The first two arguments of {@link EventProgram}. */
    List<String> arguments();

    /** The number of every event that was counted, as often as it was. */
    List<Long> numbers();

    /** Ends and begins the outage beside the link. */
    default void away() {}

    default void back() {}

    @Override
    void close();
  }

  @Test
  void inPostgres(@TempDir Path folder) throws Exception {
    try (Counted database = new CountedInPostgres()) {
      outage(folder, database, Duration.ofSeconds(LONG ? 60 : 5));
    }
  }

  static void outage(Path folder, Counted database, Duration away) throws Exception {
    Path file = folder.resolve("outbox.db");
    try (TcpLink link = TcpLink.to(database.port())) {
      Set<Long> accepted = ConcurrentHashMap.newKeySet();
      int atOutage;
      try (var program = new Running(file, link, database, 1, accepted)) {
        await("events arrive before the outage", () -> !database.numbers().isEmpty());
        link.stall(); // what is under way arrives, or does not, and nobody hears of it
        link.cut();
        database.away();
        atOutage = accepted.size();
        program.runFor(away.dividedBy(2));
      }
      int inOutage;
      try (var program = new Running(file, link, database, 2, accepted)) {
        program.runFor(away.dividedBy(2));
        inOutage = accepted.size() - atOutage;
        assertTrue(inOutage > 100, "only " + inOutage + " events were accepted while the database was away");
        database.back();
        int atReturn = database.numbers().size();
        link.heal();
        await("it catches up", () -> database.numbers().size() > atReturn);
      }
      drain(file, link, database);
      check(accepted, database.numbers());
      System.out.printf("%s: away for %s, %,d events accepted meanwhile (%,d a second), %,d in all, %,d counted%n",
          database.arguments().getFirst(), away, inOutage, inOutage / away.toSeconds(), accepted.size(), database
              .numbers()
              .size());
    }
  }

  private static void check(Set<Long> accepted, List<Long> counted) {
    var once = new HashSet<>(counted);
    var lost = new HashSet<>(accepted);
    lost.removeAll(once);
    assertEquals(Set.of(), lost, "accepted, and not counted");
    assertEquals(once.size(), counted.size(), "some are counted twice");
  }

  private static void drain(Path file, TcpLink link, Counted database) throws Exception {
    Process program = start(file, link, database, 0);
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = program.inputReader(UTF_8)) {
      lines.lines().forEach(said::add);
    } finally {
      program.destroyForcibly();
    }
    assertEquals(List.of("drained"), said);
  }

  private static Process start(Path file, TcpLink link, Counted database, int round) throws IOException {
    var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp", System.getProperty("java.class.path"),
        EventProgram.class.getName()));
    line.addAll(database.arguments());
    line.addAll(List.of(String.valueOf(link.port()), file.toString(), String.valueOf(round)));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      Thread.sleep(20);
    }
  }

  /** A program that takes events until it is killed, which closing does, and what it said. */
  private static final class Running implements AutoCloseable {
    private final Process program;
    private final Thread reader;
    private final Set<Long> accepted;

    Running(Path file, TcpLink link, Counted database, int round, Set<Long> accepted) throws Exception {
      this.accepted = accepted;
      this.program = start(file, link, database, round);
      int before = accepted.size();
      this.reader = Thread.ofPlatform().daemon().start(this::read);
      await("events are accepted", () -> accepted.size() > before);
    }

    private void read() {
      try (BufferedReader lines = program.inputReader(UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.endsWith(";")) { // the last may be cut
            accepted.add(Long.valueOf(line.substring(0, line.length() - 1)));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** An outage takes its time: this is what is tested, not a wait for something to happen. */
    void runFor(Duration time) throws InterruptedException {
      assertTrue(!program.waitFor(time.toMillis(), TimeUnit.MILLISECONDS), "it ended by itself");
    }

    @Override
    public void close() {
      assertTrue(program.toHandle().destroyForcibly(), "SIGKILL, and the rest of its output is still read");
      program.onExit().join();
      try {
        reader.join();
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts", e);
      }
    }
  }
}
