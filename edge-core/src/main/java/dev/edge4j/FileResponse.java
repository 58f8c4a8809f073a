package dev.edge4j;

import dev.edge4j.http.Body;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaTypes;
import dev.edge4j.http.Response;
import dev.edge4j.http.Validators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** A whole file as a response, with what tells its versions apart. */
final class FileResponse {
  private FileResponse() {}

  static Response of(Path path) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new NotFound("no such file");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!attributes.isRegularFile()) {
      throw new NotFound("no such file");
    }
    Path name = path.getFileName();
    Headers type = Headers.of("Content-Type", MediaTypes.ofName(name == null ? "" : name.toString()));
    return new Response(200, validators(attributes).addTo(type), new Body.File(path));
  }

  /** The time of its change, to the nanosecond where the file system keeps it so, and its size. */
  static Validators validators(BasicFileAttributes attributes) {
    String version = Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)) + '-' + Long.toHexString(
        attributes.size());
    return Validators.of(EntityTag.strong(version), attributes.lastModifiedTime().toInstant());
  }
}
