package dev.edge4j.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.runtime.Opening;
import dev.edge4j.state.runtime.Step;
import dev.edge4j.state.runtime.Steps;
import dev.edge4j.state.store.ShardFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What tests kill: threads that append to logs, and print each entry once it is acknowledged, or {@code failed}, outcome and entry. */
final class AddingProcess {
  static final int HALTED = 77;
  static final int LOGS = 8;

  interface Log {
    void append(String entry);

    List<String> entries();
  }

  /** Each append writes two keys, an attribute and, where it is the first, the object's row: all or nothing. */
  static final class StoredLog extends DurableObject implements Log {
    StoredLog(ObjectState state) {
      super(state);
    }

    @Override
    public void append(String entry) {
      int next = storage().get("size", Integer.class).orElse(0);
      storage().put(String.format("entry:%08d", next), entry);
      storage().put("size", next + 1);
      attributes().set("size", String.valueOf(next + 1));
    }

    @Override
    public List<String> entries() {
      int size = storage().get("size", Integer.class).orElse(0);
      List<String> keys = storage().list("entry:");
      String attribute = attributes().get("size").orElse("0");
      if (keys.size() != size || !attribute.equals(String.valueOf(size))) {
        throw new IllegalStateException(keys.size() + " entries, but the size says " + size + " and the attribute "
            + attribute);
      }
      return keys.stream().map(key -> storage().get(key, String.class).orElseThrow()).toList();
    }
  }

  /**
   * What a process is to do.
   *
   * @param word makes the entries of this run different from others
   * @param each how many entries each thread appends
   * @param step where to halt, at the {@code number}-th time; number 0 for nowhere
   */
  record Task(Path folder, String word, int writers, int each, Step step, int number) {
    Process start(List<String> before) throws IOException {
      var line = new ArrayList<>(before);
      line.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp", System
              .getProperty("java.class.path"), AddingProcess.class.getName(), folder.toString(), word, String.valueOf(
                  writers), String.valueOf(each), step.name(), String.valueOf(number)));
      return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    static Task of(String[] args) {
      return new Task(Path.of(args[0]), args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]), Step.valueOf(
          args[4]), Integer.parseInt(args[5]));
    }
  }

  private AddingProcess() {}

  /** All that is there, in the logs' order; throws if an append is there by half. */
  static List<String> kept(Path folder) {
    try (var objects = DurableObjects.embedded(folder)) {
      Namespace<Log> logs = objects.namespace("log", Log.class, StoredLog::new);
      return IntStream.range(0, LOGS)
          .mapToObj(i -> logs.get("log" + i))
          .flatMap(log -> log.entries().stream())
          .toList();
    }
  }

  /** Whole lines of an output that may have been cut. */
  static Stream<String> lines(Process process) throws IOException {
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines();
  }

  /** Kills a process once it has written so many lines; all the whole lines it wrote, those still in the pipe too. */
  static List<String> killAfter(int lines, Process process) throws IOException, InterruptedException {
    try {
      var written = new StringBuilder();
      for (int seen = 0; seen < lines;) {
        int c = process.getInputStream().read();
        assertTrue(c >= 0, "the process ended by itself");
        written.append((char) c);
        seen += c == '\n' ? 1 : 0;
      }
      process.toHandle().destroyForcibly(); // the handle leaves our end of the pipe open
      return Stream.concat(written.toString().lines(), lines(process)).toList();
    } finally {
      assertTrue(process.destroyForcibly().waitFor(30, TimeUnit.SECONDS));
    }
  }

  /** The six parts of a {@link Task}. */
  public static void main(String[] args) throws Exception {
    Task task = Task.of(args);
    var out = new PrintStream(System.out, true, UTF_8);
    try (DurableObjects objects = open(task)) {
      Namespace<Log> logs = objects.namespace("log", Log.class, StoredLog::new);
      List<Thread> writers = IntStream.range(0, task.writers())
          .mapToObj(writer -> Thread.ofVirtual().start(() -> append(logs, task, writer, out)))
          .toList();
      for (Thread writer : writers) {
        writer.join();
      }
    }
  }

  private static void append(Namespace<Log> logs, Task task, int writer, PrintStream out) {
    Log log = logs.get("log" + writer % LOGS);
    for (int i = 0; i < task.each(); i++) {
      String entry = task.word() + "-" + writer + "-" + i;
      try {
        log.append(entry);
      } catch (ObjectException e) {
        out.println("failed " + e.outcome() + " " + entry);
        return;
      }
      out.println(entry);
    }
  }

  private static DurableObjects open(Task task) throws Exception {
    Class.forName(DurableObjects.class.getName());
    DurableObjectsOptions options = DurableObjectsOptions.defaults();
    var left = new AtomicInteger(task.number());
    Steps steps = (step, _) -> {
      if (step == task.step() && left.decrementAndGet() == 0) {
        Runtime.getRuntime().halt(HALTED);
      }
    };
    return Opening.open(ShardFiles.open(task.folder(), options.shards()), options, steps).objects();
  }
}
