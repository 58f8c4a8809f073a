package dev.edge4j.http.multipart;

import java.nio.file.Path;

/**
 * How much of a form is read. The bytes of all parts together are bounded by the limit of the request's body.
 *
 * @param maxParts how many parts
 * @param maxHeaderBytes of the header fields of one part
 * @param maxNameLength of a field's name, and of a file's, in characters
 * @param maxFieldBytes of a part that is no file, read as text
 * @param maxFileBytes of one file
 * @param memoryBytes a file up to this size is kept in memory, a larger one on disk
 * @param directory where those on disk are kept; it must exist
 */
public record MultipartLimits(int maxParts, int maxHeaderBytes, int maxNameLength, int maxFieldBytes, long maxFileBytes,
    int memoryBytes, Path directory) {
  private static final MultipartLimits DEFAULTS = new MultipartLimits(100, 8 * 1024, 200, 64 * 1024, Long.MAX_VALUE,
      64 * 1024, Path.of(System.getProperty("java.io.tmpdir")));

  /** Refuses figures with which no form could be read. */
  public MultipartLimits {
    if (maxParts < 1 || maxHeaderBytes < 64 || maxNameLength < 1 || maxFieldBytes < 0 || maxFileBytes < 0
        || memoryBytes < 0) {
      throw new IllegalArgumentException("multipart: " + maxParts + " parts, " + maxHeaderBytes
          + " bytes of header fields, names of " + maxNameLength + ", fields of " + maxFieldBytes + " bytes, files of "
          + maxFileBytes + ", " + memoryBytes
          + " in memory (expected: at least 1 part, 64 bytes of header fields, names of 1, and nothing below zero)");
    }
  }

  /** 100 parts, 8 KiB of header fields, names of 200 characters, fields of 64 KiB, files of any size, past 64 KiB in the system's folder. */
  public static MultipartLimits defaults() {
    return DEFAULTS;
  }

  public MultipartLimits withMaxParts(int parts) {
    return new MultipartLimits(parts, maxHeaderBytes, maxNameLength, maxFieldBytes, maxFileBytes, memoryBytes,
        directory);
  }

  public MultipartLimits withMaxFieldBytes(int bytes) {
    return new MultipartLimits(maxParts, maxHeaderBytes, maxNameLength, bytes, maxFileBytes, memoryBytes, directory);
  }

  public MultipartLimits withMaxFileBytes(long bytes) {
    return new MultipartLimits(maxParts, maxHeaderBytes, maxNameLength, maxFieldBytes, bytes, memoryBytes, directory);
  }

  public MultipartLimits withMemoryBytes(int bytes) {
    return new MultipartLimits(maxParts, maxHeaderBytes, maxNameLength, maxFieldBytes, maxFileBytes, bytes, directory);
  }

  public MultipartLimits withDirectory(Path folder) {
    return new MultipartLimits(maxParts, maxHeaderBytes, maxNameLength, maxFieldBytes, maxFileBytes, memoryBytes,
        folder);
  }
}
