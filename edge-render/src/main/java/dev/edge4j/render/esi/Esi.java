package dev.edge4j.render.esi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.render.Late;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the pieces that an origin's pages name into them. It stands in front of a proxy: requests say {@code Surrogate-Capability:
 * edge4j="ESI/1.0"}, and a response that answers {@code Surrogate-Control: content="ESI/1.0"} is processed (Edge Architecture
 * Specification, 2001). Everything else passes.
 *
 * <p>Nobody can look into a page that is coded, or into a part of it, so origins are asked without {@code Accept-Encoding} and
 * {@code Range}: what passes is not compressed either, and {@code Compression} belongs in front. A page with includes that comes coded all the same is a 502.
 *
 * <p>The includes of a page are fetched side by side; what was fetched may hold includes again, 5 deep and 256 in a page. Each has 5
 * seconds, and 5 more for each level that there may be below it. A page may have 4 MB before and 16 MB after. What goes past that, and an
 * include that fails without {@code alt} or {@code onerror="continue"}, is a 502; one that is late, a 504. What is included is taken to be
 * UTF-8.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class Esi implements Middleware {
  private static final int MAX_DEPTH = 5;
  private static final int MAX_INCLUDES = 256;
  private static final int MAX_DOCUMENT = 4 * 1024 * 1024;
  private static final int MAX_PAGE = 16 * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  /** What would have an origin answer with something that tags cannot be found in. */
  private static final List<String> NOT_SENT_ON = List.of("Accept-Encoding", "Range", "If-Range");
  private static final List<String> ABOUT_THE_BYTES = List.of("Content-Length", "ETag", "Last-Modified",
      "Accept-Ranges",
      "Content-Digest", "Repr-Digest", "Digest", "Content-MD5");
  private static final Logger LOG = LoggerFactory.getLogger(Esi.class);

  private final EsiSource source;
  private final Duration patience;

  private Esi(EsiSource source, Duration patience) {
    this.source = source;
    this.patience = patience;
  }

  /** Has includes fetched by that. */
  public static Esi from(EsiSource source) {
    return new Esi(source, PATIENCE);
  }

  /** Waits so long for each include. {@link IllegalArgumentException} unless positive. */
  public Esi within(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("within: " + time + " (expected: more than nothing)");
    }
    return new Esi(source, time);
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Headers asked = c.headers();
    c.rewrite(c.request().withHeaders(outgoing(asked)));
    Response response;
    try {
      response = next.proceed();
    } finally {
      putBack(c, asked);
    }
    if (response.status() == 206 || !isMeant(response.headers())) {
      return response; // a part that nobody asked for is no document
    }
    refuseCoded(c, response.headers());
    return new Response(response.status(), fields(response.headers()), body(c, response));
  }

  private Body body(Context c, Response response) throws Exception {
    if (c.method().equals(Method.HEAD)) {
      return new Body.Stream(_ -> {}); // of a length that nobody knows without the page (RFC 9110 section 8.6)
    }
    if (response.status() == 304) {
      return Body.empty();
    }
    // Bytes as characters and back: tags are ASCII, and everything else stays as it is whatever its charset.
    String html = new String(bytes(response.body()), ISO_8859_1);
    String page = process(c, html, name -> new String(source.fetch(name).getBytes(UTF_8),
        ISO_8859_1));
    return new Body.Bytes(page.getBytes(ISO_8859_1));
  }

  /** Those of the page that it becomes: what is about the origin's bytes is left out. */
  private static Headers fields(Headers headers) {
    Headers.Builder kept = headers.toBuilder();
    ABOUT_THE_BYTES.forEach(kept::remove);
    return kept.remove("Surrogate-Control").build();
  }

  private static Headers outgoing(Headers asked) {
    Headers.Builder fields = asked.toBuilder().set("Surrogate-Capability", "edge4j=\"ESI/1.0\"");
    NOT_SENT_ON.forEach(fields::remove);
    return fields.build();
  }

  /** Who stands in front of us sees what the client has asked for. */
  private static void putBack(Context c, Headers asked) {
    Headers.Builder fields = c.headers().toBuilder();
    for (String name : NOT_SENT_ON) {
      fields.remove(name);
      asked.all(name).forEach(value -> fields.add(name, value));
    }
    c.rewrite(c.request().withHeaders(fields.build()));
  }

  private static void refuseCoded(Context c, Headers headers) {
    List<String> codings = headers.list("Content-Encoding");
    if (!codings.stream().allMatch("identity"::equalsIgnoreCase)) {
      LOG.warn("{} {}: a page with includes came coded as {}, though nobody asked for it", c.method(), c.path(),
          codings);
      throw new HttpError(502, "a page with includes came coded");
    }
  }

  private static boolean isMeant(Headers headers) {
    return headers.all("Surrogate-Control")
        .stream()
        .anyMatch(value -> value.toUpperCase(Locale.ROOT).contains("ESI/1.0"));
  }

  /** A page with all that it includes. Throws a 502 if something is missing that may not be. */
  public String process(Context c, String html) throws Exception {
    return process(c, html, source);
  }

  private String process(Context c, String html, EsiSource from) throws Exception {
    return new Run(c, from).resolve(html, 0);
  }

  /** One page: what it may still fetch is counted over all that it includes. */
  private final class Run {
    private final Context c;
    private final EsiSource from;
    private final AtomicInteger includes = new AtomicInteger();
    private final AtomicInteger size = new AtomicInteger();

    Run(Context c, EsiSource from) {
      this.c = c;
      this.from = from;
    }

    String resolve(String html, int depth) throws Exception {
      if (size.addAndGet(html.length()) > MAX_PAGE) {
        throw new HttpError(502, "a page with more than " + MAX_PAGE + " bytes of includes");
      }
      List<EsiPiece> pieces = EsiDocument.parse(html);
      List<Late<String>> parts = new ArrayList<>();
      try {
        for (EsiPiece piece : pieces) {
          if (piece instanceof EsiPiece.Include include) {
            parts.add(begin(include, depth + 1));
          }
        }
        return joined(pieces, parts);
      } finally {
        parts.forEach(Late::cancel); // those that are done do not mind
      }
    }

    private String joined(List<EsiPiece> pieces, List<Late<String>> parts) throws Exception {
      var page = new StringBuilder();
      int next = 0;
      for (EsiPiece piece : pieces) {
        switch (piece) {
          case EsiPiece.Text(String text) -> page.append(text);
          case EsiPiece.Include include -> page.append(part(include, parts.get(next++)));
        }
      }
      return page.toString();
    }

    private Late<String> begin(EsiPiece.Include include, int depth) {
      if (depth > MAX_DEPTH || includes.incrementAndGet() > MAX_INCLUDES) {
        throw new HttpError(502, depth > MAX_DEPTH ? "includes more than " + MAX_DEPTH + " deep"
            : "more than " + MAX_INCLUDES + " includes in a page");
      }
      return Late.of(c, () -> fetched(include, depth)).within(patience.multipliedBy(MAX_DEPTH + 1L - depth));
    }

    private String fetched(EsiPiece.Include include, int depth) throws Exception {
      String html;
      try {
        html = from.fetch(include.source());
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (include.alt().isEmpty()) {
          throw e;
        }
        html = from.fetch(include.alt().get());
      }
      return resolve(html, depth);
    }

    private String part(EsiPiece.Include include, Late<String> part) throws Exception {
      Late<String> asked = include.optional() ? part.orElse("") : part;
      try {
        return asked.await().orElse("");
      } catch (HttpError | InterruptedException e) {
        throw e;
      } catch (Exception e) {
        var failed = new HttpError(502, "a part of the page is not to be had");
        failed.initCause(e);
        throw failed;
      }
    }
  }

  private static byte[] bytes(Body body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] from, int at, int length) {
        if (bytes.size() + length > MAX_DOCUMENT) {
          throw new HttpError(502, "a page of more than " + MAX_DOCUMENT + " bytes with includes");
        }
        bytes.write(from, at, length);
      }
    };
    switch (body) {
      case Body.Bytes(byte[] ready) -> out.write(ready);
      case Body.Segments segments -> segments.writeTo(out);
      case Body.File file -> file.writeTo(out);
      case Body.Stream stream -> stream.writer().writeTo(out);
      case Body.Empty _,Body.Upgrade _ -> {
        // There is nothing.
      }
    }
    return bytes.toByteArray();
  }
}
