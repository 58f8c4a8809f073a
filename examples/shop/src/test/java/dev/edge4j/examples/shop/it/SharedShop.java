package dev.edge4j.examples.shop.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A shop that all tests of a run visit which take nothing away from it and stop nothing: started when the first of them asks where it is, closed behind the last. Each is a visitor of
 * its own, and works on goods that no other one minds. Safe for use by many threads.
 */
final class SharedShop implements AutoCloseable {
  /** Gives it to methods that have a parameter for it. */
  static final class Visitors implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == SharedShop.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getRoot()
          .getStore(Namespace.create(SharedShop.class))
          .getOrComputeIfAbsent(SharedShop.class, _ -> new SharedShop(), SharedShop.class);
    }
  }

  private record Open(ShopProcess process, Path data) {}

  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Open> open = Optional.empty();

  /** That path on it. */
  URI at(String path) {
    return open().process().at(path);
  }

  /** Its folder. */
  Path data() {
    return open().data();
  }

  private Open open() {
    lock.lock();
    try {
      Open known = open.orElseGet(SharedShop::start);
      open = Optional.of(known);
      return known;
    } finally {
      lock.unlock();
    }
  }

  private static Open start() {
    try {
      Path data = Files.createTempDirectory("shared-shop");
      return new Open(ShopProcess.start(data), data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      open.get().process().close();
      delete(open.get().data());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
