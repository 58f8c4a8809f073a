package dev.edge4j.data.replica;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that answers reads, and its exchange for a newer one while reads go on. Safe for use by many threads. */
final class CurrentFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentFile.class);

  private final Path base;
  private final AtomicReference<Optional<ReplicaFile>> current = new AtomicReference<>(Optional.empty());
  private final ExecutorService retirement = Executors.newSingleThreadExecutor(Thread.ofPlatform()
      .daemon()
      .name("replica retirement")
      .factory());
  private final Set<ReplicaFile> retiring = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  CurrentFile(Path base) {
    this.base = base;
  }

  Optional<ReplicaFile> get() {
    return current.get();
  }

  /** Reads; a read that meets the end of the old file begins again on the new one. */
  <T> T read(Function<ReplicaFile, T> read) {
    return read(read, () -> true);
  }

  /** The same for a read that may have handed something on, and then does not begin again. */
  <T> T read(Function<ReplicaFile, T> read, BooleanSupplier mayRepeat) {
    while (true) {
      Optional<ReplicaFile> file = current.get();
      if (closed || file.isEmpty()) {
        throw new StoreException(closed ? Reason.CLOSED : Reason.FAILED, base + (closed ? ": the replica is closed"
            : ": nothing has been copied yet"));
      }
      try {
        return read.apply(file.get());
      } catch (StoreException e) {
        if (e.reason() != Reason.CLOSED || closed || current.get().equals(file) || !mayRepeat.getAsBoolean()) {
          throw e;
        }
      }
    }
  }

  /** From now on reads go to another file. The old one is closed when its last read is over, and deleted. */
  void exchange(ReplicaFile next) {
    Optional<ReplicaFile> old = current.getAndSet(Optional.of(next));
    old.ifPresent(file -> {
      file.closeWriter();
      retiring.add(file);
      retirement.execute(() -> retire(file));
    });
  }

  private void retire(ReplicaFile file) {
    try {
      file.readers().drain();
      file.readers().close();
      retiring.remove(file);
      Generations.delete(file.path());
    } catch (IOException | StoreException e) {
      LOG.warn("{} was not deleted: {}", file.path(), e.getMessage());
    }
  }

  /** For when nobody writes any more. */
  @Override
  public void close() {
    closed = true;
    retiring.forEach(file -> file.readers().close()); // who still reads an old one is told so
    retirement.close();
    current.get().ifPresent(file -> {
      file.readers().close();
      file.closeWriter(); // last, so that the log is folded into the file
    });
  }
}
