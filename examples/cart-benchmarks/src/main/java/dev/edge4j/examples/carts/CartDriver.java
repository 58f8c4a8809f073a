package dev.edge4j.examples.carts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Measures and prints the table of carts of {@code docs/performance.md}. Progress goes to the standard error. */
public final class CartDriver {
  private final CartSettings settings;
  private final Path folder;

  private CartDriver(CartSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** {@code -Dbench.args}: see {@link CartSettings#of}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    CartSettings settings = CartSettings.of(System.getProperty("bench.args", ""));
    Path target = Files.createDirectories(Path.of(System.getProperty("bench.target", "target")));
    Path folder = Files.createTempDirectory(target.toAbsolutePath(), "carts");
    try {
      var driver = new CartDriver(settings, folder);
      driver.survive().forEach(System.out::println);
      driver.measure().forEach(System.out::println);
    } finally {
      delete(folder);
    }
  }

  /** Kills each in the midst of calls, and looks whether what it acknowledged is there. */
  private List<String> survive() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (Subject subject : Subject.values()) {
      for (int kill = 1; kill <= settings.kills(); kill++) {
        try (CartSide side = start(subject, "killed")) {
          side.callAndKill(1_500L * kill);
        }
        try (CartSide side = start(subject, "killed")) {
          lines.add(subject.title() + ", killed: " + side.check());
        }
      }
    }
    return lines;
  }

  /** In each round all take turns, each round begun by another. */
  private List<String> measure() throws IOException {
    List<Measured> all = new ArrayList<>();
    try {
      for (Subject subject : Subject.values()) {
        var measured = new Measured(subject, start(subject, "measured"));
        all.add(measured);
        for (double calls = 0; calls < settings.warmUp();) {
          calls += measured.side.call(1_000).rate();
        }
      }
      for (int round = 0; round < settings.rounds(); round++) {
        for (int turn = 0; turn < all.size(); turn++) {
          Measured measured = all.get((round + turn) % all.size());
          Round result = measured.side.call(settings.seconds() * 1_000L);
          System.err.println(measured.subject.title() + ": " + result.line());
          measured.rounds.add(result);
        }
      }
    } finally {
      for (Measured measured : all) {
        measured.side.close();
      }
    }
    List<String> lines = new ArrayList<>(List.of(settings.line(), ""));
    lines.addAll(CartTable.HEAD);
    all.forEach(measured -> lines.add(CartTable.line(measured.subject, measured.rounds, all.getFirst().rounds)));
    return lines;
  }

  /** Who is measured, where it runs, and what has come of it so far. */
  private record Measured(Subject subject, CartSide side, List<Round> rounds) {
    Measured(Subject subject, CartSide side) {
      this(subject, side, new ArrayList<>());
    }
  }

  private CartSide start(Subject subject, String what) throws IOException {
    return new CartSide(subject, folder.resolve(what + "-" + subject.name()));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
