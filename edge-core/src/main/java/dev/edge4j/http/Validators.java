package dev.edge4j.http;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the current version of a resource: what a request's conditions are held against (RFC 9110 section 8.8).
 *
 * @param tag its entity tag, if it has one
 * @param lastModified when it was last changed, if that is known; cut to whole seconds
 */
public record Validators(Optional<EntityTag> tag, Optional<Instant> lastModified) {
  private static final Validators UNKNOWN = new Validators(Optional.empty(), Optional.empty());

  /** Cuts the time to what a field can say. */
  public Validators {
    lastModified = lastModified.map(HttpDate::toSeconds);
  }

  public static Validators of(EntityTag tag) {
    return new Validators(Optional.of(tag), Optional.empty());
  }

  public static Validators of(EntityTag tag, Instant lastModified) {
    return new Validators(Optional.of(tag), Optional.of(lastModified));
  }

  public static Validators of(Instant lastModified) {
    return new Validators(Optional.empty(), Optional.of(lastModified));
  }

  /** The resource exists, and nothing else is known. */
  public static Validators unknown() {
    return UNKNOWN;
  }

  /** What a response says of itself; a field that cannot be read counts as absent. */
  public static Validators of(Headers headers, Instant now) {
    return new Validators(headers.first("ETag").flatMap(EntityTag::parse), headers.first("Last-Modified")
        .flatMap(date -> HttpDate.parse(date, now)));
  }

  /** These fields beside others. */
  public Headers addTo(Headers headers) {
    Headers.Builder all = headers.toBuilder();
    tag.ifPresent(value -> all.set("ETag", value.toString()));
    lastModified.ifPresent(value -> all.set("Last-Modified", HttpDate.format(value)));
    return all.build();
  }
}
