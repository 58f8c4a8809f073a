package dev.edge4j.examples.conformance;

import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.NotFound;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The files of a folder: types by name, validators and single ranges (RFC 9110 sections 13 and 14). What a link leads out of the folder to
 * is not there.
 */
final class StaticFiles implements Handler {
  private static final String ANY = "application/octet-stream";
  private static final Map<String, String> TYPES = Map.of("html", MediaType.HTML, "css", MediaType.CSS, "js",
      MediaType.JAVASCRIPT, "svg", MediaType.SVG, "json", MediaType.JSON, "txt", MediaType.TEXT, "png", "image/png",
      "jpg", "image/jpeg", "wasm", "application/wasm");

  private final Path folder;

  StaticFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public Response handle(Context c) throws IOException {
    Path file = find(c.param("path").asString());
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    String tag = "\"" + Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)) + "-"
        + Long.toHexString(attributes.size()) + "\"";
    Headers validators = Headers.of("ETag", tag, "Accept-Ranges", "bytes", "Cache-Control", "no-cache");
    if (isKnown(c, tag)) {
      return Response.of(304).withHeaders(validators);
    }
    Headers headers = validators.with("Content-Type", type(file)).with("X-Content-Type-Options", "nosniff");
    Optional<ByteRange> range = c.header("If-Range").orElse(tag).equals(tag)
        ? c.header("Range").flatMap(field -> ByteRange.of(field, attributes.size()))
        : Optional.empty();
    return range.map(part -> part(file, part, attributes.size(), headers))
        .orElseGet(() -> new Response(200, headers, new Body.File(file)));
  }

  private Path find(String path) throws IOException {
    try {
      Path root = folder.toRealPath();
      Path file = root.resolve(path).toRealPath();
      if (file.startsWith(root) && Files.isRegularFile(file)) {
        return file;
      }
    } catch (NoSuchFileException | InvalidPathException e) {
      throw notFound(path, e);
    }
    throw new NotFound("there is no file " + path);
  }

  private static NotFound notFound(String path, Exception cause) {
    var error = new NotFound("there is no file " + path);
    error.initCause(cause);
    return error;
  }

  private static boolean isKnown(Context c, String tag) {
    return c.headers()
        .list("If-None-Match")
        .stream()
        .anyMatch(known -> known.equals("*") || known.equals(tag)
            || known.equals("W/" + tag));
  }

  private static String type(Path file) {
    String name = file.toString();
    return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), ANY);
  }

  private static Response part(Path file, ByteRange range, long size, Headers headers) {
    if (range.isEmpty()) {
      return Response.of(416).withHeader("Content-Range", "bytes */" + size);
    }
    String described = "bytes " + range.first() + "-" + range.last() + "/" + size;
    return new Response(206, headers.with("Content-Range", described), new Body.Stream(out -> {
      try (FileChannel from = FileChannel.open(file); WritableByteChannel to = Channels.newChannel(out)) {
        long position = range.first();
        long moved = 1;
        while (position <= range.last() && moved > 0) {
          moved = from.transferTo(position, range.last() - position + 1, to);
          position += moved;
        }
      }
    }));
  }
}
