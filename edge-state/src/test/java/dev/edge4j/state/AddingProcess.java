package dev.edge4j.state;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** What {@link ReplyAfterCommitTest} kills: four threads that append to two logs and print each entry once it is acknowledged. */
final class AddingProcess {
  interface Log {
    void append(String entry);

    List<String> entries();
  }

  static final class StoredLog extends DurableObject implements Log {
    StoredLog(ObjectState state) {
      super(state);
    }

    @Override
    public void append(String entry) {
      int next = storage().get("size", Integer.class).orElse(0);
      storage().put(String.format("entry:%08d", next), entry);
      storage().put("size", next + 1);
    }

    @Override
    public List<String> entries() {
      int size = storage().get("size", Integer.class).orElse(0);
      List<String> keys = storage().list("entry:");
      if (keys.size() != size) {
        throw new IllegalStateException(keys.size() + " entries, but the size says " + size);
      }
      return keys.stream().map(key -> storage().get(key, String.class).orElseThrow()).toList();
    }
  }

  private AddingProcess() {}

  /** Runs until killed. Arguments: the folder, and a word that makes the entries of this run different from others. */
  public static void main(String[] args) throws InterruptedException {
    var out = new PrintStream(System.out, true);
    Namespace<Log> logs = DurableObjects.embedded(Path.of(args[0])).namespace("log", Log.class, StoredLog::new);
    for (int writer = 0; writer < 4; writer++) {
      String name = args[1] + "-" + writer;
      Log log = logs.get("log" + writer % 2);
      Thread.ofPlatform().start(() -> {
        for (int i = 0; true; i++) {
          log.append(name + "-" + i);
          out.println(name + "-" + i);
        }
      });
    }
    Thread.currentThread().join();
  }
}
