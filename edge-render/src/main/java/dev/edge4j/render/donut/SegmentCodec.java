package dev.edge4j.render.donut;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Pages with holes as bytes, for a cache that keeps them outside of this process. */
public final class SegmentCodec {
  private static final int VERSION = 1;
  private static final int READY = 0;
  private static final int GAP = 1;

  /** A page, what it is, and which version of its template it was made by. */
  public record Page(String template, String version, String mediaType, List<Segment> segments) {}

  private SegmentCodec() {}

  /** The page as bytes. */
  public static byte[] encode(Page page) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(page.template);
      out.writeUTF(page.version);
      out.writeUTF(page.mediaType);
      out.writeInt(page.segments.size());
      for (Segment segment : page.segments) {
        switch (segment) {
          case Segment.Ready(byte[] ready) -> {
            out.writeByte(READY);
            out.writeInt(ready.length);
            out.write(ready);
          }
          case Segment.Gap(String hole, int section) -> {
            out.writeByte(GAP);
            out.writeUTF(hole);
            out.writeInt(section);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The page of these bytes; {@link IllegalArgumentException} if they are none. */
  public static Page decode(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalArgumentException("a page with holes of format " + version + " (expected: " + VERSION + ")");
      }
      String template = in.readUTF();
      String made = in.readUTF();
      String mediaType = in.readUTF();
      int count = in.readInt();
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        segments.add(segment(in));
      }
      if (in.available() > 0) {
        throw new IllegalArgumentException("a page with holes, and " + in.available() + " bytes behind it");
      }
      return new Page(template, made, mediaType, List.copyOf(segments));
    } catch (IOException e) {
      throw new IllegalArgumentException("a page with holes that breaks off", e);
    }
  }

  private static Segment segment(DataInputStream in) throws IOException {
    if (in.readByte() == GAP) {
      return new Segment.Gap(in.readUTF(), in.readInt());
    }
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IllegalArgumentException("a segment of " + length + " bytes (expected: at most " + in.available()
          + ")");
    }
    return new Segment.Ready(in.readNBytes(length));
  }
}
