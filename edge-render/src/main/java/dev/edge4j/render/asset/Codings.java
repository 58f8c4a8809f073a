package dev.edge4j.render.asset;

import dev.edge4j.middleware.compression.Brotli;
import dev.edge4j.middleware.compression.ContentCoding;
import dev.edge4j.middleware.compression.Gzip;
import dev.edge4j.middleware.compression.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The codings for what is compressed once and sent often, at the levels for that: brotli 11 and zstd 19 where the application has brought their libraries, gzip 9
 * always. Safe for use by many threads.
 */
public final class Codings {
  private static final Logger LOG = LoggerFactory.getLogger(Codings.class);

  private Codings() {}

  /** Those at hand, the smallest first. */
  public static List<ContentCoding> best() {
    List<ContentCoding> all = new ArrayList<>();
    optional("brotli4j", () -> Brotli.level(11)).ifPresent(all::add);
    optional("zstd-jni", () -> {
      Zstd zstd = Zstd.level(19);
      encode(zstd, new byte[0]); // the class alone does not load the library
      return zstd;
    }).ifPresent(all::add);
    all.add(Gzip.level(9));
    return all;
  }

  private static Optional<ContentCoding> optional(String library, Supplier<ContentCoding> coding) {
    try {
      return Optional.of(coding.get());
    } catch (LinkageError | IllegalStateException e) {
      LOG.debug("assets are not compressed by {}: {}", library, e.toString());
      return Optional.empty();
    }
  }

  /** The coded form of bytes. */
  public static byte[] encode(ContentCoding coding, byte[] bytes) {
    var coded = new ByteArrayOutputStream(Math.max(64, bytes.length / 2));
    try (OutputStream encoder = coding.encode(coded)) {
      encoder.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(coding.name() + " fails in memory", e);
    }
    return coded.toByteArray();
  }
}
