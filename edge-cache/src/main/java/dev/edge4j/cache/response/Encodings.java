package dev.edge4j.cache.response;

import dev.edge4j.cache.http.StoredResponse;
import dev.edge4j.cache.http.Storing;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Preferences;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.compression.Compressible;
import dev.edge4j.middleware.compression.ContentCoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which coding a client gets of a stored response, and the bytes of it, made once. What is asked of the rest of the chain names no coding, so that what is
 * stored is not coded. Safe for use by many threads.
 */
final class Encodings {
  /** As {@link dev.edge4j.middleware.compression.Compression} has it: less gains nothing. */
  private static final int LEAST_BYTES = 1024;
  private static final int CHOICES = 1 << 10;
  private static final int TURNS = 64;
  private static final int MOST_CHARACTERS = 256;
  private static final String FIELD = "Accept-Encoding";

  private final List<ContentCoding> codings;
  private final List<String> offers;
  /** What was chosen for a field before, in the slot of its hash: written without a lock, for that is done on event loops. */
  private final AtomicReferenceArray<@Nullable Choice> choices = new AtomicReferenceArray<>(CHOICES);
  private final ReentrantLock[] turns = new ReentrantLock[TURNS];

  private record Choice(String accepted, String coding) {}

  Encodings(List<ContentCoding> codings) {
    this.codings = codings;
    this.offers = new ArrayList<>(codings.stream().map(ContentCoding::name).toList());
    offers.add("identity");
    for (int i = 0; i < TURNS; i++) {
      turns[i] = new ReentrantLock();
    }
  }

  /** Held while a form of a target's is made. */
  ReentrantLock turn(String primary) {
    return turns[Math.floorMod(primary.hashCode(), TURNS)];
  }

  /** The request as the cache and what is behind it see it: without the codings it accepts, if they are chosen here. */
  Request plain(Request request) {
    return codings.isEmpty() ? request : request.withHeaders(request.headers().without(FIELD));
  }

  /** The name of the coding that a request gets where there is one; empty for none. */
  String choose(Request request) {
    if (codings.isEmpty()) {
      return "";
    }
    List<String> lines = request.headers().all(FIELD);
    if (lines.size() != 1 || lines.getFirst().length() > MOST_CHARACTERS) {
      return lines.isEmpty() ? "" : chosen(request);
    }
    String accepted = lines.getFirst();
    int slot = Math.floorMod(accepted.hashCode(), CHOICES);
    Choice known = choices.getPlain(slot);
    if (known == null || !known.accepted.equals(accepted)) {
      known = new Choice(accepted, chosen(request));
      choices.setPlain(slot, known);
    }
    return known.coding;
  }

  private String chosen(Request request) {
    return Preferences.encodings(request.headers()).best(offers).filter(name -> !name.equals("identity")).orElse("");
  }

  /** A response that may be coded says that it depends on what a client accepts, whether or not it is. */
  Response varied(Response response) {
    boolean said = response.headers()
        .list("Vary")
        .stream()
        .anyMatch(name -> name.equals("*") || name.equalsIgnoreCase(
            FIELD));
    return codings.isEmpty() || said || !isCodable(response.status(), response.headers()) ? response
        : response.withAddedHeader("Vary", FIELD);
  }

  /** The form of a stored response in that coding; itself if none is worth it. Takes time: not for an event loop. */
  StoredResponse make(StoredResponse stored, String name) {
    byte[] body = stored.body();
    if (body.length < LEAST_BYTES || !isCodable(stored.status(), stored.headers())) {
      return stored;
    }
    ContentCoding coding = codings.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    byte[] coded = coded(coding, body);
    return coded.length >= body.length ? stored
        : new Storing.Store(stored.status(), fields(stored.headers(), name), stored.freshness(), stored.vary(), stored
            .variant(), stored.tags(), stored.groups()).with(coded);
  }

  private static boolean isCodable(int status, Headers headers) {
    return status != 204 && status != 206 && !headers.contains("Content-Encoding") && Compressible.test(MediaType
        .essence(headers.first("Content-Type").orElse(""))) && headers.list("Cache-Control")
            .stream()
            .noneMatch("no-transform"::equalsIgnoreCase);
  }

  /** Each coding has a tag of its own, for its bytes are others (RFC 9110 section 8.8.3.3). */
  private static Headers fields(Headers headers, String name) {
    Headers.Builder fields = headers.toBuilder()
        .set("Content-Encoding", name)
        .remove("Accept-Ranges")
        .remove("Content-Digest")
        .remove("Repr-Digest")
        .remove("Content-MD5");
    headers.first("ETag")
        .filter(tag -> tag.endsWith("\""))
        .ifPresent(tag -> fields.set("ETag", tag.substring(0, tag.length() - 1) + "-" + name + "\""));
    return fields.build();
  }

  private static byte[] coded(ContentCoding coding, byte[] bytes) {
    var coded = new ByteArrayOutputStream(Math.max(64, bytes.length / 2));
    try (OutputStream encoder = coding.encode(coded)) {
      encoder.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(coding.name() + " fails in memory", e);
    }
    return coded.toByteArray();
  }
}
