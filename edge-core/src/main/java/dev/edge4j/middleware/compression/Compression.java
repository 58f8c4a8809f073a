package dev.edge4j.middleware.compression;

import dev.edge4j.Context;
import dev.edge4j.Key;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Preferences;
import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Compresses responses for clients that can decode them: the coding with the highest quality in {@code Accept-Encoding}, of equal ones the
 * first of ours (RFC 9110 section 12.5.3). Where nothing that the client accepts is at hand the response leaves as it is.
 *
 * <p>Left alone: 204, 206 and 304, what is encoded already, {@code Cache-Control: no-transform}, media types that gain nothing,
 * bodies of less than 1024 bytes (unless the client refuses them uncoded), bytes that would not get smaller, streams of events unless asked
 * for, and whatever {@link #skip} was called for. What could have been compressed says {@code Vary: Accept-Encoding} even if it was not, a
 * 206 included. A
 * strong {@code ETag} becomes a weak one; {@code Accept-Ranges} and digests of the bytes go.
 *
 * <p>HEAD is answered as GET is, its length and tag included (RFC 9110 section 8.6). A stream is compressed while it is written, and a flush of its writer reaches the client. What is thrown behind this middleware passes by
 * it: problem details are not compressed. It changes bodies, so it is no gate: a chain leaves the event loop here, and an inline handler
 * behind it runs on a virtual thread.
 *
 * <p>A page that holds both a secret and text of an attacker's choice tells the secret by its compressed length (BREACH, 2013): {@link #skip}
 * such pages.
 */
public final class Compression implements Middleware {
  private static final Key<Boolean> SKIPPED = Key.named("compression-skipped");
  private static final int THRESHOLD = 1024;

  /** In the order of our preference. */
  private final List<ContentCoding> codings;
  private final int threshold;
  private final boolean events;
  private final Predicate<String> types;

  private Compression(List<ContentCoding> codings, int threshold, boolean events, Predicate<String> types) {
    this.codings = List.copyOf(codings);
    this.threshold = threshold;
    this.events = events;
    this.types = types;
  }

  /** By gzip of level 6. */
  public static Compression create() {
    return of(Gzip.create());
  }

  /** By these codings, the one we like best first; {@link IllegalArgumentException} for none, or one twice. */
  public static Compression of(ContentCoding... codings) {
    List<String> names = new ArrayList<>();
    for (ContentCoding coding : codings) {
      names.add(coding.name());
    }
    if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("codings: " + names + " (expected: at least one, and each once)");
    }
    return new Compression(List.of(codings), THRESHOLD, false, Compressible::test);
  }

  /** Leaves smaller bodies alone; in bytes. Streams have no size that is known before they end, so they are always compressed. */
  public Compression threshold(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("threshold: " + bytes + " (expected: 0 or more bytes)");
    }
    return new Compression(codings, bytes, events, types);
  }

  /** Compresses streams of events too; each event is flushed, so short ones hardly get smaller. */
  public Compression withEventStreams() {
    return new Compression(codings, threshold, true, types);
  }

  /** Compresses these media types, given without parameters and in lower case, in place of text, JSON, XML and their like. */
  public Compression onlyTypes(Predicate<String> mediaType) {
    return new Compression(codings, threshold, events, mediaType);
  }

  /** Leaves the response to this request as it is. */
  public static void skip(Context c) {
    c.set(SKIPPED, true);
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Response response = next.proceed();
    if (!mayCompress(c, response)) {
      return response;
    }
    Response varied = Vary.add(response, "Accept-Encoding");
    Preferences preferences = Preferences.encodings(c.headers());
    Optional<ContentCoding> coding = choose(preferences);
    if (coding.isEmpty()) {
      return varied;
    }
    if (response.status() == 206) {
      return varied; // as a 200 would (RFC 9110 section 15.3.7)
    }
    if (response.status() == 304) {
      return isHeld(c, response) ? varied : WeakTag.weaken(varied);
    }
    return compress(varied, coding.get(), preferences.quality("identity") == 0);
  }

  private boolean mayCompress(Context c, Response response) {
    Headers headers = response.headers();
    if (c.get(SKIPPED).isPresent() || headers.contains("Content-Encoding")
        || headers.list("Cache-Control").stream().anyMatch("no-transform"::equalsIgnoreCase)) {
      return false;
    }
    return switch (response.status()) {
      case 304 -> true;
      case 206 -> mayCompress(headers) || headers.first("Content-Type").filter(Compression::areParts).isPresent();
      default -> Compressible.status(response.status()) && mayCompress(headers)
          && !(response.body() instanceof Body.Empty || response.body() instanceof Body.Upgrade);
    };
  }

  /** Parts of what has a type of its own, which only they tell. */
  private static boolean areParts(String contentType) {
    return MediaType.essence(contentType).equals("multipart/byteranges");
  }

  /** True if the client says that it holds what was not compressed, a picture or a small body: a 304 does not tell what it is about. */
  private static boolean isHeld(Context c, Response response) {
    return response.header("ETag")
        .filter(c.headers().list("If-None-Match")::contains)
        .isPresent();
  }

  private boolean mayCompress(Headers headers) {
    String type = MediaType.essence(headers.first("Content-Type").orElse(""));
    return type.equals(MediaType.EVENT_STREAM) ? events : !type.isEmpty() && types.test(type);
  }

  private Optional<ContentCoding> choose(Preferences preferences) {
    List<String> offers = new ArrayList<>(codings.stream().map(ContentCoding::name).toList());
    offers.add("identity");
    return preferences.best(offers)
        .flatMap(best -> codings.stream().filter(coding -> coding.name().equals(best)).findFirst());
  }

  private Response compress(Response response, ContentCoding coding, boolean always) {
    return switch (response.body()) {
      case Body.Bytes(byte[] bytes) when always || bytes.length >= threshold -> {
        byte[] coded = Encoded.bytes(coding, bytes);
        yield always || coded.length < bytes.length ? coded(response, coding, new Body.Bytes(coded)) : response;
      }
      case Body.Segments segments when always || segments.length() >= threshold -> {
        byte[] coded = Encoded.segments(coding, segments);
        yield always || coded.length < segments.length() ? coded(response, coding, new Body.Bytes(coded)) : response;
      }
      case Body.File file when always || file.path().toFile().length() >= threshold -> coded(response, coding, Encoded
          .file(coding, file));
      case Body.Stream stream -> coded(response, coding, Encoded.stream(coding, stream));
      default -> response;
    };
  }

  private static Response coded(Response response, ContentCoding coding, Body body) {
    Headers headers = response.headers()
        .toBuilder()
        .set("Content-Encoding", coding.name())
        .remove("Content-Length")
        .remove("Accept-Ranges")
        .remove("Content-Digest")
        .remove("Repr-Digest")
        .remove("Digest")
        .remove("Content-MD5")
        .build();
    return WeakTag.weaken(new Response(response.status(), headers, body));
  }
}
