package dev.edge4j.middleware.compression;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** The coding {@code gzip} (RFC 1952) by the JDK: every client has it. */
public final class Gzip implements ContentCoding {
  private static final int BUFFER = 8 * 1024;

  private final int level;

  private Gzip(int level) {
    this.level = level;
  }

  /** Level 6: zlib's own choice. */
  public static Gzip create() {
    return level(6);
  }

  /** Levels 1 (fast) to 9 (small). */
  public static Gzip level(int level) {
    return new Gzip(Levels.check("gzip", level, 1, 9));
  }

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public OutputStream encode(OutputStream out) throws IOException {
    return new Leveled(out, level);
  }

  private static final class Leveled extends GZIPOutputStream {
    Leveled(OutputStream out, int level) throws IOException {
      super(out, BUFFER, true); // a flush is a SYNC_FLUSH
      def.setLevel(level);
    }
  }
}
