package dev.edge4j.middleware.compression;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The coding {@code br} (RFC 7932). Needs {@code com.aayushatharva.brotli4j:brotli4j} and its native artifact for the platform,
 * {@code native-linux-x86_64} say. Browsers ask for it over TLS alone.
 */
public final class Brotli implements ContentCoding {
  private final Encoder.Parameters parameters;

  private Brotli(int level) {
    if (!Brotli4jLoader.isAvailable()) {
      throw new IllegalStateException(
          "brotli has no native library (expected: the artifact of brotli4j for this platform)",
          Brotli4jLoader.getUnavailabilityCause());
    }
    this.parameters = Encoder.Parameters.create(level);
  }

  /** Level 4: higher ones are for what is compressed once and sent often. {@link IllegalStateException} without the native library. */
  public static Brotli create() {
    return level(4);
  }

  /** Levels 0 (fast) to 11 (small, and very slow). {@link IllegalStateException} without the native library. */
  public static Brotli level(int level) {
    return new Brotli(Levels.check("brotli", level, 0, 11));
  }

  @Override
  public String name() {
    return "br";
  }

  @Override
  public OutputStream encode(OutputStream out) throws IOException {
    return new Flushing(out, parameters);
  }

  /** The library flushes its encoder, but not what the encoder writes to. */
  private static final class Flushing extends BrotliOutputStream {
    private final OutputStream out;

    Flushing(OutputStream out, Encoder.Parameters parameters) throws IOException {
      super(out, parameters);
      this.out = out;
    }

    @Override
    public void flush() throws IOException {
      super.flush();
      out.flush();
    }
  }
}
