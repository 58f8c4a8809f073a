package dev.edge4j.middleware.compression;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The coding {@code zstd} (RFC 8878). Needs {@code com.github.luben:zstd-jni}, which brings the native code of all platforms. Its window stays
 * within the 8 MiB that clients must support (RFC 9659).
 */
public final class Zstd implements ContentCoding {
  private final int level;

  private Zstd(int level) {
    this.level = level;
  }

  /** Level 3: zstd's own choice. */
  public static Zstd create() {
    return level(3);
  }

  /** Levels 1 (fast) to 19 (small, and slow); those above want larger windows than clients have. */
  public static Zstd level(int level) {
    return new Zstd(Levels.check("zstd", level, 1, 19));
  }

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public OutputStream encode(OutputStream out) throws IOException {
    return new ZstdOutputStreamNoFinalizer(out, level);
  }
}
