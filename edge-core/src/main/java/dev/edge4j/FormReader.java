package dev.edge4j;

import dev.edge4j.http.Parameters;
import dev.edge4j.http.multipart.FormPart;
import dev.edge4j.http.multipart.Multipart;
import dev.edge4j.http.multipart.MultipartLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a form with files to its end, large files onto the disk. Confined to the request. */
final class FormReader {
  private static final Logger LOG = LoggerFactory.getLogger(FormReader.class);

  private final MultipartLimits limits;
  private final Map<String, List<String>> fields = new LinkedHashMap<>();
  private final List<Upload> files = new ArrayList<>();
  private final List<Path> onDisk = new ArrayList<>();

  FormReader(MultipartLimits limits) {
    this.limits = limits;
  }

  /** Reads all parts; what lies on disk by then is deleted by {@link #delete}, whether this returns or throws. */
  FormData read(Multipart form) throws IOException {
    for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
      take(part.get());
    }
    return new FormData(Parameters.of(fields), files);
  }

  private void take(FormPart part) throws IOException {
    if (part.filename().isEmpty()) {
      fields.computeIfAbsent(part.name(), _ -> new ArrayList<>(1)).add(part.text());
      return;
    }
    String filename = part.filename().get();
    InputStream content = part.stream();
    byte[] beginning = content.readNBytes(limits.memoryBytes());
    int next = beginning.length < limits.memoryBytes() ? -1 : content.read();
    if (next < 0) {
      files.add(Upload.inMemory(part.name(), filename, part.mediaType(), beginning));
      return;
    }
    Path path = Files.createTempFile(limits.directory(), "edge4j-upload-", null);
    onDisk.add(path);
    try (OutputStream out = Files.newOutputStream(path)) {
      out.write(beginning);
      out.write(next);
      content.transferTo(out);
    }
    files.add(Upload.onDisk(part.name(), filename, part.mediaType(), path, Files.size(path)));
  }

  boolean hasFilesOnDisk() {
    return !onDisk.isEmpty();
  }

  /** Deletes what lies on disk and nobody has moved away. */
  void delete() {
    for (Path path : onDisk) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        LOG.warn("an uploaded file stays behind: {}", path, e);
      }
    }
  }
}
