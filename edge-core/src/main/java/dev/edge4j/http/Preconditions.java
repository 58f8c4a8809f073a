package dev.edge4j.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The conditions that a request makes its execution depend on (RFC 9110 section 13), and what they come to: pure.
 *
 * <p>In the order of section 13.2.2: {@code If-Match}, or else {@code If-Unmodified-Since}; then {@code If-None-Match}, or else, for GET and
 * HEAD, {@code If-Modified-Since}; {@code If-Range} says whether a {@code Range} counts. A date that cannot be read, or stands twice, is
 * passed over, as the standard has it; so is one about a resource whose time of change nobody knows. A list of tags that cannot be read
 * matches nothing.
 */
public final class Preconditions {
  /** What the conditions come to. */
  public enum Outcome {
    /** Go on, as if there were none. */
    PROCEED,
    /** 304: what the client has is current. */
    NOT_MODIFIED,
    /** 412: the resource is not what the client takes it for. */
    FAILED
  }

  private final boolean read;
  private final Headers headers;
  private final Instant now;

  private Preconditions(boolean read, Headers headers, Instant now) {
    this.read = read;
    this.headers = headers;
    this.now = now;
  }

  /** The conditions of a request, read at that time, which matters for dates of two digits alone. */
  public static Preconditions of(Method method, Headers headers, Instant now) {
    return new Preconditions(method.equals(Method.GET) || method.equals(Method.HEAD), headers, now);
  }

  /** As {@link #of(Method, Headers, Instant)}. */
  public static Preconditions of(Request request, Instant now) {
    return of(request.method(), request.headers(), now);
  }

  /** True if there are any. */
  public boolean isEmpty() {
    return !headers.contains("If-Match") && !headers.contains("If-None-Match") && !headers.contains("If-Modified-Since")
        && !headers.contains("If-Unmodified-Since");
  }

  /** Held against what there is now; empty if the resource does not exist. */
  public Outcome evaluate(Optional<Validators> current) {
    if (headers.contains("If-Match")) {
      if (!matches("If-Match", current, false)) {
        return Outcome.FAILED;
      }
    } else if (isModifiedAfter("If-Unmodified-Since", current)) {
      return Outcome.FAILED;
    }
    if (headers.contains("If-None-Match")) {
      if (matches("If-None-Match", current, true)) {
        return read ? Outcome.NOT_MODIFIED : Outcome.FAILED;
      }
    } else if (read && isUnmodifiedSince(current)) {
      return Outcome.NOT_MODIFIED;
    }
    return Outcome.PROCEED;
  }

  /**
   * True if a {@code Range} counts: there is no {@code If-Range}, or its validator is, by strong comparison, the one of the current version
   * (section 13.1.5). A date is strong if the resource has not changed within the second before the answer, which here has to be a minute.
   */
  public boolean rangeCounts(Validators current) {
    List<String> lines = headers.all("If-Range");
    if (lines.isEmpty()) {
      return true;
    }
    if (lines.size() > 1) {
      return false;
    }
    String validator = lines.getFirst().strip();
    Optional<EntityTag> tag = EntityTag.parse(validator);
    if (tag.isPresent()) {
      return current.tag().filter(tag.get()::isSame).isPresent();
    }
    return HttpDate.parse(validator, now)
        .filter(date -> current.lastModified().filter(date::equals).isPresent())
        .filter(date -> !date.isAfter(now.minusSeconds(60)))
        .isPresent();
  }

  private boolean matches(String field, Optional<Validators> current, boolean weakly) {
    String value = String.join(",", headers.all(field)).strip();
    if (value.equals("*")) {
      return current.isPresent();
    }
    Optional<EntityTag> tag = current.flatMap(Validators::tag);
    return tag.isPresent() && EntityTag.parseList(value)
        .filter(tags -> tags.stream()
            .anyMatch(given -> weakly ? given.isEquivalent(tag.get())
                : given.isSame(tag
                    .get())))
        .isPresent();
  }

  private boolean isModifiedAfter(String field, Optional<Validators> current) {
    Optional<Instant> date = date(field);
    if (date.isEmpty()) {
      return false;
    }
    return current.flatMap(Validators::lastModified).filter(time -> time.isAfter(date.get())).isPresent();
  }

  private boolean isUnmodifiedSince(Optional<Validators> current) {
    Optional<Instant> date = date("If-Modified-Since");
    Optional<Instant> modified = current.flatMap(Validators::lastModified);
    return date.isPresent() && modified.isPresent() && !modified.get().isAfter(date.get());
  }

  private Optional<Instant> date(String field) {
    List<String> lines = headers.all(field);
    return lines.size() == 1 ? HttpDate.parse(lines.getFirst().strip(), now) : Optional.empty();
  }
}
