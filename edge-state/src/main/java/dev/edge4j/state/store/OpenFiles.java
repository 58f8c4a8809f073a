package dev.edge4j.state.store;

import dev.edge4j.data.StoreException;
import dev.edge4j.state.ObjectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that are open: those used last, of which one with an open transaction is never closed. Each is used by one thread at a time. What SQLite
 * does runs on a few platform threads, as its calls pin the carrier of a virtual one. Safe for use by many threads.
 */
final class OpenFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
  private static final int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  private static final class Entry {
    private final OwnFile file;
    private int users;
    private boolean retired;

    Entry(OwnFile file) {
      this.file = file;
    }
  }

  private final int most;
  private final Function<ObjectId, Path> paths;
  private final ReentrantLock lock = new ReentrantLock();
  /** In order of last use. */
  private final LinkedHashMap<ObjectId, Entry> open = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS,
      Thread.ofPlatform().daemon().name("edge4j-object-files-", 0).factory());

  OpenFiles(int most, Function<ObjectId, Path> paths) {
    this.most = most;
    this.paths = paths;
  }

  /** Uses the file of an object alone. */
  <R extends @Nullable Object> R with(ObjectId id, Function<OwnFile, R> work) {
    while (true) {
      Entry entry = borrow(id);
      entry.file.lock().lock();
      try {
        if (!entry.retired) {
          return work.apply(entry.file);
        }
      } finally {
        entry.file.lock().unlock();
        giveBack(entry);
      }
    }
  }

  /** Does something with the disk while the caller waits. */
  <R extends @Nullable Object> R onDisk(Supplier<R> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }

  /** Reads with the file of an object; failures are {@link UncheckedIOException}. */
  <R extends @Nullable Object> R read(ObjectId id, Function<OwnFile, R> work) {
    try {
      return with(id, file -> onDisk(() -> work.apply(file)));
    } catch (StoreException e) {
      throw new UncheckedIOException(id + ": " + e.getMessage(), new IOException(e));
    }
  }

  /** How many are open, or about to be. */
  int count() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  private Entry borrow(ObjectId id) {
    lock.lock();
    try {
      if (closed) {
        throw new StoreException(StoreException.Reason.CLOSED, id + ": the files are closed");
      }
      Entry entry = open.computeIfAbsent(id, _ -> new Entry(new OwnFile(id, paths.apply(id))));
      entry.users++;
      return entry;
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Entry entry) {
    List<Entry> idle;
    lock.lock();
    try {
      entry.users--;
      idle = closed || open.size() <= most ? List.of()
          : open.values()
              .stream()
              .filter(e -> e.users == 0 && !e.file.isInTransaction())
              .limit(open.size() - most)
              .toList();
      idle.forEach(e -> e.users++);
    } finally {
      lock.unlock();
    }
    idle.forEach(this::retire);
  }

  /** It leaves the list once it is closed, so that nobody opens it a second time meanwhile. */
  private void retire(Entry entry) {
    OwnFile file = entry.file;
    file.lock().lock();
    try {
      if (!entry.retired && !file.isInTransaction()) {
        closing(file);
        lock.lock();
        try {
          entry.retired = true;
          open.remove(file.id(), entry);
        } finally {
          lock.unlock();
        }
      }
    } finally {
      file.lock().unlock();
      lock.lock();
      try {
        entry.users--;
      } finally {
        lock.unlock();
      }
    }
  }

  private void closing(OwnFile file) {
    try {
      onDisk(() -> {
        file.close();
        return true;
      });
    } catch (RuntimeException e) {
      LOG.warn("the file of {} was not closed cleanly", file.id(), e);
    }
  }

  /** Closes all; what is in an open transaction is lost. */
  @Override
  public void close() {
    List<Entry> all;
    lock.lock();
    try {
      closed = true;
      all = List.copyOf(open.values());
    } finally {
      lock.unlock();
    }
    for (Entry entry : all) {
      entry.file.lock().lock();
      try {
        entry.retired = true;
        closing(entry.file);
      } finally {
        entry.file.lock().unlock();
      }
    }
    threads.close();
  }
}
