package dev.edge4j.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What a whole machine lacks is one line in ten seconds; every other failure is a line of its own. */
@Isolated("it reads what is logged")
class ScarcityIsLoggedOnceTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Failures failures = new Failures(now::get);

  private List<String> logged(Runnable work) {
    var log = new ByteArrayOutputStream();
    PrintStream stderr = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(stderr);
    }
    return log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("ERROR")).toList();
  }

  private void fail(Throwable cause, int times) {
    for (int i = 0; i < times; i++) {
      failures.error(LoggerFactory.getLogger("test"), "it failed", cause);
    }
  }

  @Test
  void aScarcityIsALineInTenSecondsWithTheNumberOfThoseThatWereNone() {
    var full = new IOException("No space left on device");
    assertEquals(1, logged(() -> fail(full, 100)).size());
    now.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
    assertEquals(List.of(), logged(() -> fail(full, 1)));
    now.incrementAndGet();
    String line = logged(() -> fail(full, 1)).getFirst();
    assertEquals("it failed (100 like it were not logged)", line.substring(line.indexOf("it failed")));
  }

  @Test
  void oneScarcityDoesNotHideAnother() {
    assertEquals(3, logged(() -> {
      fail(new IOException("Too many open files"), 10);
      fail(new OutOfMemoryError("Java heap space"), 10);
      fail(new IOException("Disk quota exceeded"), 10);
    }).size());
  }

  @Test
  void everyOtherFailureIsLogged() {
    assertEquals(10, logged(() -> fail(new IOException("Connection refused"), 10)).size());
  }

  @Test
  void whatIsScarceIsReadOffTheCausesToo() {
    var full = new IOException("/data/x: No space left on device");
    assertEquals(Optional.of(Scarcity.DISK), Scarcity.behind(new IllegalStateException(new UncheckedIOException(
        full))));
    assertEquals(Optional.of(Scarcity.MEMORY), Scarcity.behind(new RuntimeException(new OutOfMemoryError())));
    assertEquals(Optional.empty(), Scarcity.behind(new IOException()));
    var circle = new IllegalStateException("a");
    circle.initCause(new IllegalStateException("b", circle));
    assertEquals(Optional.empty(), Scarcity.behind(circle));
  }
}
