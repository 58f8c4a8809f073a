package dev.edge4j.cache.shared;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an entry knows of the versions that were current before it was loaded. Immutable, but for a note of when it was found current. */
public final class Stamp {
  /** Of an entry without tags in a cache that was never invalidated. */
  public static final Stamp FIRST = new Stamp(Mark.NEVER, Map.of());

  private final Mark whole;
  private final Map<String, Mark> tags;

  /** The last state of all versions that this was compared with and agreed to. Written without order: who misses it compares again. */
  @Nullable Object agreed;

  Stamp(Mark whole, Map<String, Mark> tags) {
    this.whole = whole;
    this.tags = Map.copyOf(tags);
  }

  Mark whole() {
    return whole;
  }

  Map<String, Mark> tags() {
    return tags;
  }

  /** Whether it knows a version of each of these tags. */
  public boolean covers(Collection<String> some) {
    return tags.keySet().containsAll(some);
  }

  /** Writes it for {@link #read}. A tag over 64 KB throws an {@link IOException}. */
  public void write(DataOutput out) throws IOException {
    write(out, whole);
    out.writeInt(tags.size());
    for (Map.Entry<String, Mark> tag : tags.entrySet()) {
      out.writeUTF(tag.getKey());
      write(out, tag.getValue());
    }
  }

  /** What {@link #write} has written. */
  public static Stamp read(DataInput in) throws IOException {
    Mark whole = mark(in);
    int size = in.readInt();
    Map<String, Mark> tags = new HashMap<>();
    for (int i = 0; i < size; i++) {
      tags.put(in.readUTF(), mark(in));
    }
    return new Stamp(whole, tags);
  }

  private static void write(DataOutput out, Mark mark) throws IOException {
    out.writeLong(mark.hard());
    out.writeLong(mark.soft());
  }

  private static Mark mark(DataInput in) throws IOException {
    return new Mark(in.readLong(), in.readLong());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stamp that && whole.equals(that.whole) && tags.equals(that.tags);
  }

  @Override
  public int hashCode() {
    return Objects.hash(whole, tags);
  }

  @Override
  public String toString() {
    return "whole " + whole + ", tags " + tags;
  }
}
