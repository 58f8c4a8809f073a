package dev.edge4j.http;

import dev.edge4j.http.ByteRanges.Selection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * From the whole answer to a GET or a HEAD to the one that its request asks for: 304, 412, 206 or 416 where its conditions and ranges say
 * so (RFC 9110 sections 13 and 14). What the answer says of itself ({@code ETag}, {@code Last-Modified}) is what conditions are held against.
 * Nothing is read or opened: pure.
 */
public final class Representation {
  /** What a 304 does not repeat (section 15.4.5): it would describe a body that is not there. */
  private static final Set<String> OF_THE_BODY = Set.of("content-type", "content-encoding", "content-language",
      "content-range", "content-disposition", "accept-ranges", "last-modified");

  private Representation() {}

  /** The answer to that request, given what a 200 would be. Answers with another status, and requests with another method, stay as they are. */
  public static Response answer(Request request, Response whole, Instant now) {
    boolean reads = request.method().equals(Method.GET) || request.method().equals(Method.HEAD);
    if (whole.status() != 200 || !reads) {
      return whole;
    }
    Validators current = Validators.of(whole.headers(), now);
    Preconditions conditions = Preconditions.of(request, now);
    return switch (conditions.evaluate(Optional.of(current))) {
      case FAILED -> failed();
      case NOT_MODIFIED -> notModified(whole.headers());
      case PROCEED -> ranged(request, whole, current, conditions);
    };
  }

  /** 412: nothing was done. */
  public static Response failed() {
    return Response.problem(412, "the resource is not in the state that the request asks for");
  }

  /** 304, with what its whole answer says but for what describes the body. */
  public static Response notModified(Headers headers) {
    Headers.Builder kept = Headers.builder();
    boolean tagged = headers.contains("ETag");
    headers.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!OF_THE_BODY.contains(lower) || (lower.equals("last-modified") && !tagged)) {
        kept.add(name, value);
      }
    });
    return Response.of(304).withHeaders(kept.build());
  }

  private static Response ranged(Request request, Response whole, Validators current, Preconditions conditions) {
    long length = length(whole.body());
    if (length < 0 || (whole.headers().contains("Content-Encoding") && !whole.headers().contains("ETag"))) {
      return whole; // of what is not known to be the same bytes next time, a part is of no use
    }
    Response offering = whole.headers().contains("Accept-Ranges") ? whole : whole.withHeader("Accept-Ranges", "bytes");
    Selection selection = conditions.rangeCounts(current) ? ByteRanges.of(request).select(length)
        : new Selection.Whole();
    return switch (selection) {
      case Selection.Whole _ -> offering;
      case Selection.Unsatisfiable _ -> Response.problem(416, "none of the ranges is within the " + length + " bytes")
          .withHeader("Content-Range", "bytes */" + length);
      case Selection.Parts(List<ByteRange> ranges) when ranges.size() == 1 -> partial(offering)
          .withHeader("Content-Range", ranges.getFirst().within(length))
          .withBody(part(whole.body(), ranges.getFirst()));
      case Selection.Parts(List<ByteRange> ranges) -> several(partial(offering), ranges, length);
    };
  }

  /** Without what tells of the bytes that a 200 would have had (RFC 9530 section 2: a Content-Digest is of those that are sent). */
  private static Response partial(Response whole) {
    return whole.withStatus(206)
        .withHeaders(whole.headers().without("Content-Length").without("Content-Digest").without("Content-MD5"));
  }

  /** Known without opening anything; -1 for what cannot be cut. */
  private static long length(Body body) {
    return switch (body) {
      case Body.Bytes(byte[] bytes) -> bytes.length;
      case Body.Segments segments -> segments.length();
      case Body.File(var path, var part) when part.isEmpty() -> path.toFile().length();
      case Body.Empty _,Body.File _,Body.Stream _,Body.Upgrade _ -> -1;
    };
  }

  private static Body part(Body body, ByteRange range) {
    return switch (body) {
      case Body.Bytes(byte[] bytes) -> new Body.Bytes(Arrays.copyOfRange(bytes, (int) range.first(),
          (int) range.last() + 1));
      case Body.Segments segments -> part(new Body.Bytes(segments.joined()), range);
      case Body.File(var path, _) -> new Body.File(path, Optional.of(range));
      case Body.Empty _,Body.Stream _,Body.Upgrade _ -> throw new IllegalStateException("a body that cannot be cut");
    };
  }

  /** {@code multipart/byteranges} (section 14.6), of a length that is known before it is written. */
  private static Response several(Response whole, List<ByteRange> ranges, long length) {
    String boundary = UUID.randomUUID().toString();
    String type = whole.header("Content-Type").map(value -> "Content-Type: " + value + "\r\n").orElse("");
    List<byte[]> heads = ranges.stream()
        .map(range -> ascii("\r\n--" + boundary + "\r\n" + type + "Content-Range: " + range.within(length)
            + "\r\n\r\n"))
        .toList();
    byte[] end = ascii("\r\n--" + boundary + "--\r\n");
    long size = end.length + heads.stream().mapToLong(head -> head.length).sum() + ranges.stream()
        .mapToLong(ByteRange::length)
        .sum();
    Body body = new Body.Stream(out -> {
      for (int i = 0; i < ranges.size(); i++) {
        out.write(heads.get(i));
        write(part(whole.body(), ranges.get(i)), out);
      }
      out.write(end);
    }, size);
    return whole.withHeader("Content-Type", "multipart/byteranges; boundary=" + boundary)
        .withBody(body);
  }

  private static void write(Body part, OutputStream out) throws IOException {
    switch (part) {
      case Body.Bytes(byte[] bytes) -> out.write(bytes);
      case Body.Segments segments -> segments.writeTo(out);
      case Body.File file -> file.writeTo(out);
      case Body.Empty _,Body.Stream _,Body.Upgrade _ -> throw new IllegalStateException("a body that cannot be cut");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
