package dev.edge4j.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files from time to time, on a virtual thread, and has them read again when one is another than before. By their times and
 * not by notices of the file system: those do not come through links, of which certificates often hang on two.
 */
final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private record Stamp(Path file, Optional<FileTime> changed, long size) {}

  private final List<Path> files;
  private final Runnable reload;
  private List<Stamp> seen;
  private @Nullable Thread thread;

  /** Compares with what is there now. */
  FileWatch(List<Path> files, Runnable reload) {
    this.files = List.copyOf(files);
    this.reload = reload;
    this.seen = stamps();
  }

  void start(Duration every) {
    if (!every.isZero() && !files.isEmpty()) {
      thread = Thread.ofVirtual().name("edge4j-certificates").start(() -> run(every));
    }
  }

  private void run(Duration every) {
    try {
      while (true) {
        Thread.sleep(every);
        look();
      }
    } catch (InterruptedException e) {
      LOG.trace("closed", e);
    }
  }

  /** The stamps are taken before the files are read: what changes in between is seen the next time. */
  private void look() {
    List<Stamp> now = stamps();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      reload.run();
      LOG.info("read the certificates again: {}", files);
    } catch (TlsException e) {
      LOG.warn("the certificates have changed and cannot be used; the old ones stay: {}", e.getMessage());
    }
  }

  private List<Stamp> stamps() {
    List<Stamp> stamps = new ArrayList<>(files.size());
    for (Path file : files) {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.add(new Stamp(file, Optional.of(attributes.lastModifiedTime()), attributes.size()));
      } catch (IOException e) {
        LOG.debug("{} cannot be looked at", file, e);
        stamps.add(new Stamp(file, Optional.empty(), 0));
      }
    }
    return stamps;
  }

  @Override
  public void close() {
    Optional.ofNullable(thread).ifPresent(Thread::interrupt);
  }
}
