package dev.edge4j;

import dev.edge4j.http.Parameters;
import java.util.List;
import java.util.Optional;

/**
 * A form with files that has arrived whole. Files on disk are deleted once the response has left.
 *
 * @param fields those that are no files
 * @param files in the order in which they came
 */
public record FormData(Parameters fields, List<Upload> files) {
  /** Copies the list. */
  public FormData {
    files = List.copyOf(files);
  }

  /** A field that is no file. */
  public Value field(String name) {
    return new Value("form", name, fields.first(name));
  }

  /** The first file of that field; {@link BadRequest} if there is none. A browser sends an empty one without a name where none was chosen. */
  public Upload file(String name) {
    return optionalFile(name).orElseThrow(() -> new BadRequest(name, "is missing from the form"));
  }

  /** The first file of that field that somebody has chosen. */
  public Optional<Upload> optionalFile(String name) {
    return files(name).stream().findFirst();
  }

  /** All files of that field that somebody has chosen. */
  public List<Upload> files(String name) {
    return files.stream()
        .filter(file -> file.field().equals(name) && !(file.filename().isEmpty() && file.size() == 0))
        .toList();
  }
}
