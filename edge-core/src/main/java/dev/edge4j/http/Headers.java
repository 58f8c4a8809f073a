package dev.edge4j.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in the order they were given; names compare without case (RFC 9110 section 5.1). Immutable, safe for use by
 * many threads.
 *
 * <p>Names must be tokens and values free of control characters; anything else throws {@link IllegalArgumentException}, which
 * is what keeps a response from being split.
 */
public final class Headers {
  private static final Headers EMPTY = new Headers(new String[0]);

  /** Names and values, alternating. */
  private final String[] fields;

  /** Made at the first need; two threads may both make it, and what they make is equal. */
  private byte @Nullable [] lines;

  /** As {@link #lines}: found out at the first need. */
  private @Nullable Boolean dated;

  private Headers(String[] fields) {
    this.fields = fields;
  }

  /** No fields at all. */
  public static Headers empty() {
    return EMPTY;
  }

  /** Fields from alternating names and values: {@code Headers.of("Vary", "Accept", "ETag", "\"1\"")}. */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("headers: " + namesAndValues.length
          + " strings (expected: names and values in pairs)");
    }
    Builder builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The first value of that name. */
  public Optional<String> first(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return Optional.of(fields[i + 1]);
      }
    }
    return Optional.empty();
  }

  /** All values of that name, in order; empty if there is none. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        values.add(fields[i + 1]);
      }
    }
    return values;
  }

  public boolean contains(String name) {
    return first(name).isPresent();
  }

  /** True if there is a field of any of these names: one pass, that makes no objects. */
  public boolean containsAny(String... names) {
    for (int i = 0; i < fields.length; i += 2) {
      for (String name : names) {
        if (fields[i].equalsIgnoreCase(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The members of a comma-separated list field, over all its lines, trimmed (RFC 9110 section 5.6.1). */
  public List<String> list(String name) {
    List<String> members = new ArrayList<>();
    for (String value : all(name)) {
      for (String member : value.split(",", -1)) {
        if (!member.isBlank()) {
          members.add(member.strip());
        }
      }
    }
    return members;
  }

  /** A copy in which that field has this one value. */
  public Headers with(String name, String value) {
    return contains(name) ? toBuilder().set(name, value).build() : withAdded(name, value);
  }

  /** A copy with one more line of that field. */
  public Headers withAdded(String name, String value) {
    Tokens.checkField(name, value);
    String[] more = Arrays.copyOf(fields, fields.length + 2);
    more[fields.length] = name;
    more[fields.length + 1] = value;
    return new Headers(more);
  }

  /** A copy without that field. */
  public Headers without(String name) {
    return contains(name) ? toBuilder().remove(name).build() : this;
  }

  public void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < fields.length; i += 2) {
      action.accept(fields[i], fields[i + 1]);
    }
  }

  /**
   * The fields as they stand in a message of HTTP/1.1, each line with its end and one byte a character (RFC 9112 section 5); those that
   * frame a message, which are the server's, are left out, and so is a {@code Date} unless they {@linkplain #isDated are dated}. Made once, so that what is shared is not encoded again; nobody may change it.
   */
  public byte[] lines() {
    byte[] made = lines;
    if (made == null) {
      made = FieldLines.of(fields, isDated());
      lines = made;
    }
    return made;
  }

  /**
   * True if they have one {@code Date}, and it can be read. A server sends that one, as a proxy or a cache got it, and else its own
   * (RFC 9110 section 6.6.1).
   */
  public boolean isDated() {
    Boolean known = dated;
    if (known == null) {
      List<String> dates = all("Date");
      known = dates.size() == 1 && HttpDate.parse(dates.getFirst(), Instant.now()).isPresent();
      dated = known;
    }
    return known;
  }

  /** Number of field lines. */
  public int size() {
    return fields.length / 2;
  }

  public Builder toBuilder() {
    return new Builder(fields);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers that && Arrays.equals(fields, that.fields);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(fields);
  }

  /** One {@code Name: value} a line. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }

  /** Collects fields; confined to one thread. */
  public static final class Builder {
    private static final int USUAL = 16;

    private String[] fields;
    private int count;

    private Builder() {
      this.fields = new String[USUAL];
    }

    private Builder(String[] from) {
      this.fields = Arrays.copyOf(from, Math.max(USUAL, from.length + 2));
      this.count = from.length;
    }

    /** Adds a line, beside any that stand there. */
    public Builder add(String name, String value) {
      Tokens.checkField(name, value);
      if (count == fields.length) {
        fields = Arrays.copyOf(fields, count + USUAL);
      }
      fields[count++] = name;
      fields[count++] = value;
      return this;
    }

    /** Replaces every line of that name by this one. */
    public Builder set(String name, String value) {
      return remove(name).add(name, value);
    }

    public Builder remove(String name) {
      int kept = 0;
      for (int i = 0; i < count; i += 2) {
        if (!fields[i].equalsIgnoreCase(name)) {
          fields[kept++] = fields[i];
          fields[kept++] = fields[i + 1];
        }
      }
      count = kept;
      return this;
    }

    public Headers build() {
      return count == 0 ? EMPTY : new Headers(Arrays.copyOf(fields, count));
    }
  }
}
