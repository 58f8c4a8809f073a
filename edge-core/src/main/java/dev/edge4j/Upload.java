package dev.edge4j;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of a form, in memory or on disk until the response has left. Confined to the request. */
public final class Upload {
  private final String field;
  private final String filename;
  private final String mediaType;
  private final byte @Nullable [] memory;
  private final @Nullable Path disk;
  private final long size;

  private Upload(String field, String filename, String mediaType, byte @Nullable [] memory, @Nullable Path disk,
      long size) {
    this.field = field;
    this.filename = filename;
    this.mediaType = mediaType;
    this.memory = memory;
    this.disk = disk;
    this.size = size;
  }

  static Upload inMemory(String field, String filename, String mediaType, byte[] bytes) {
    return new Upload(field, filename, mediaType, bytes, null, bytes.length);
  }

  static Upload onDisk(String field, String filename, String mediaType, Path path, long size) {
    return new Upload(field, filename, mediaType, null, path, size);
  }

  /** The name of the field. */
  public String field() {
    return field;
  }

  /** The file's name as the client calls it, without a path in front: to be shown, never to be used as a path. */
  public String filename() {
    return filename;
  }

  /** What the client takes it for; nothing has checked that. */
  public String mediaType() {
    return mediaType;
  }

  /** In bytes. */
  public long size() {
    return size;
  }

  /** Where it lies on disk; absent if it is in memory. */
  public Optional<Path> path() {
    return Optional.ofNullable(disk);
  }

  /** Its content, from the beginning. */
  public InputStream stream() throws IOException {
    byte[] bytes = memory;
    Path path = disk;
    return bytes != null || path == null ? new ByteArrayInputStream(bytes == null ? new byte[0] : bytes)
        : Files.newInputStream(path);
  }

  /** Keeps it under that path, which may not exist yet; one that lies on the same disk is moved, not copied. */
  public void moveTo(Path target) throws IOException {
    Path path = disk;
    if (path == null) {
      Files.copy(stream(), target);
    } else {
      Files.move(path, target);
    }
  }

  /** As {@link #moveTo}, in place of what may lie there. */
  public void replace(Path target) throws IOException {
    Path path = disk;
    if (path == null) {
      Files.copy(stream(), target, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
