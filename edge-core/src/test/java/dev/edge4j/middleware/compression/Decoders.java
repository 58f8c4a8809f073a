package dev.edge4j.middleware.compression;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** What a client decodes with: none of it is ours. */
public final class Decoders {
  private Decoders() {}

  public static InputStream of(String coding, InputStream coded) throws IOException {
    return switch (coding) {
      case "gzip" -> new GZIPInputStream(coded);
      case "br" -> new EagerBrotli(coded);
      case "zstd" -> new ZstdInputStream(coded).setContinuous(true);
      default -> throw new IOException("Content-Encoding: " + coding);
    };
  }
}
