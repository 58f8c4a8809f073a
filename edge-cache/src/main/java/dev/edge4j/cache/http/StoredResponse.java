package dev.edge4j.cache.http;

import dev.edge4j.http.Body;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpDate;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response as a cache keeps it, with all that decisions need of it read once. Immutable, safe for use by many threads.
 *
 * <p>Times count in milliseconds since the epoch within the room, so that a decision makes no objects for them.
 */
public final class StoredResponse {
  private final Storing.Store head;
  private final byte[] body;
  private final Body sent;
  private final long received;
  private final long initialAge;
  private final long freshFor;
  private final long staleFor;
  private final long errorFor;
  private final long date;
  private final Optional<EntityTag> tag;
  private final Optional<String> lastModified;

  /** The answer of the last second; two threads may both make one, and what they make is equal. */
  private @Nullable Told told;

  /** Lines of the fields in {@code vary} that were found to select it: what comes again need not be brought into its normal form. */
  private @Nullable List<List<String>> selecting;

  /** What was answered at that age, in seconds, for that reason and with that remark. */
  record Told(long age, Decision.Use use, String detail, Response response) {}

  StoredResponse(Storing.Store head, byte[] body) {
    this.head = head;
    this.body = body;
    this.sent = body.length == 0 ? Body.empty() : new Body.Bytes(body);
    Freshness freshness = head.freshness();
    this.received = freshness.receivedAt().toEpochMilli();
    this.initialAge = freshness.initialAge().toMillis();
    this.freshFor = freshness.freshFor().toMillis();
    this.staleFor = freshness.whileRevalidate().toMillis();
    this.errorFor = freshness.ifError().toMillis();
    this.date = head.headers()
        .first("Date")
        .flatMap(text -> HttpDate.parse(text, freshness.receivedAt()))
        .map(Instant::toEpochMilli)
        .orElse(received);
    this.tag = head.headers().first("ETag").flatMap(EntityTag::parse);
    this.lastModified = head.headers().first("Last-Modified");
  }

  /** Its status. */
  public int status() {
    return head.status();
  }

  /** Its fields, without those of one connection, those that a cache writes itself, and those that are for caches alone. */
  public Headers headers() {
    return head.headers();
  }

  /** The whole body; nobody may change it. */
  public byte[] body() {
    return body;
  }

  /** How long it may be used. */
  public Freshness freshness() {
    return head.freshness();
  }

  /** The request fields that its content depends on, as {@link CacheKey#names} gives them. */
  public List<String> vary() {
    return head.vary();
  }

  /** The values that the request it answered had of them, as {@link CacheRules#variant} gives them. */
  public String variant() {
    return head.variant();
  }

  /** Its surrogate keys. */
  public Set<String> tags() {
    return head.tags();
  }

  /** Its cache groups (RFC 9875). */
  public Set<String> groups() {
    return head.groups();
  }

  /** Its age (RFC 9111 section 4.2.3); if the clock was set back, the age it was received with. */
  public Duration age(Instant now) {
    return Duration.ofMillis(ageMillis(now.toEpochMilli()));
  }

  /** The freshness that is left; negative if it is stale. */
  public Duration timeToLive(Instant now) {
    return Duration.ofMillis(freshFor - ageMillis(now.toEpochMilli()));
  }

  /** How long from now until it is of no use at all; zero if it is of none. */
  public Duration remaining(Instant now) {
    Duration left = head.freshness().remaining().minus(age(now).minusMillis(initialAge));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The same, fresh no longer from {@code now} on; until when it may be used stale, or is kept, counts from then. */
  public StoredResponse expired(Instant now) {
    Freshness old = head.freshness();
    Duration age = age(now);
    if (age.compareTo(old.freshFor()) >= 0) {
      return this;
    }
    var stale = new Freshness(old.receivedAt(), old.initialAge(), age, old.whileRevalidate(), old.ifError(), old.keep(),
        old.validated(), old.strict(), old.shareable());
    return new Storing.Store(head.status(), head.headers(), stale, head.vary(), head.variant(), head.tags(), head
        .groups()).with(body);
  }

  /** True if it can be validated: it has an entity tag or the time of its last change. */
  public boolean hasValidator() {
    return tag.isPresent() || lastModified.isPresent();
  }

  /** As bytes, for a store. */
  public byte[] encode() {
    return StoredResponseCodec.encode(this);
  }

  /** From bytes of {@link #encode}; empty if they are of another format or damaged. */
  public static Optional<StoredResponse> decode(byte[] bytes) {
    return StoredResponseCodec.decode(bytes);
  }

  Storing.Store head() {
    return head;
  }

  Body sent() {
    return sent;
  }

  Optional<EntityTag> tag() {
    return tag;
  }

  Optional<String> lastModified() {
    return lastModified;
  }

  long ageMillis(long now) {
    return initialAge + Math.max(0, now - received);
  }

  /** By how much its age is past its freshness; negative if it is fresh. */
  long pastMillis(long now) {
    return ageMillis(now) - freshFor;
  }

  long freshMillis() {
    return freshFor;
  }

  long staleMillis() {
    return staleFor;
  }

  long errorMillis() {
    return errorFor;
  }

  /** The newer of two, by their dates (RFC 9111 section 4), then by their receipt. */
  boolean isNewerThan(StoredResponse other) {
    return date != other.date ? date > other.date : received > other.received;
  }

  /** True if a request with these very lines has been found to select it. */
  boolean isSelectedAsBefore(Headers headers) {
    List<List<String>> before = selecting;
    if (before == null) {
      return false;
    }
    List<String> names = head.vary();
    for (int i = 0; i < names.size(); i++) {
      if (!before.get(i).equals(headers.all(names.get(i)))) {
        return false;
      }
    }
    return true;
  }

  void selectedBy(Headers headers) {
    selecting = head.vary().stream().map(headers::all).toList();
  }

  @Nullable
  Told told() {
    return told;
  }

  void told(Told latest) {
    told = latest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredResponse that && head.equals(that.head) && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return head.hashCode();
  }

  @Override
  public String toString() {
    return "StoredResponse[" + head + ", " + body.length + " bytes]";
  }
}
