package dev.edge4j.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/**
 * A fixed set of SQLite files, each with its own writer that gathers commits: four gave 1.84 times the commits of one, and a file
 * per object a tenth. An object's file follows from its id for ever, so the number of files is set when the first is made and
 * written in each.
 *
 * <p>{@code shard-0.db} gets its place in the set last: with it the set is complete, without it the making was cut short, and is
 * begun again if no file holds anything.
 */
final class ShardFiles implements ObjectStore {
  private final List<ShardFile> files;

  private ShardFiles(List<ShardFile> files) {
    this.files = List.copyOf(files);
  }

  /** Opens the files of a folder; makes {@code shards} of them if it has none. Throws {@link UncheckedIOException}. */
  static ShardFiles open(Path folder, int shards) {
    var files = new ArrayList<ShardFile>();
    try {
      ShardFile first = ShardFile.open(folder.resolve("shard-0.db"));
      files.add(first);
      Optional<ShardFile.Place> place = first.place();
      if (place.isPresent()) {
        openRest(folder, place.get(), files);
      } else {
        make(folder, shards, files);
      }
      return new ShardFiles(files);
    } catch (RuntimeException e) {
      files.forEach(ShardFile::close);
      throw e;
    }
  }

  private static void openRest(Path folder, ShardFile.Place first, List<ShardFile> files) {
    for (int number = 0; number < first.shards(); number++) {
      ShardFile file = number == 0 ? files.getFirst() : openExisting(folder, number, first.shards(), files);
      var expected = new ShardFile.Place(first.setId(), number, first.shards());
      ShardFile.Place actual = file.place().orElse(new ShardFile.Place("none", number, 0));
      if (!actual.equals(expected)) {
        throw file.damaged("is " + actual + " (expected: " + expected
            + "): it comes from another folder or another time");
      }
    }
  }

  private static ShardFile openExisting(Path folder, int number, int shards, List<ShardFile> files) {
    Path path = folder.resolve("shard-" + number + ".db");
    if (!Files.exists(path)) {
      String message = "shard file " + path + " is missing (expected: " + shards + " files, shard-0.db and on)";
      throw new UncheckedIOException(message, new FileNotFoundException(path.toString()));
    }
    ShardFile file = ShardFile.open(path);
    files.add(file);
    return file;
  }

  private static void make(Path folder, int shards, List<ShardFile> files) {
    refuseOrphans(folder, files.getFirst());
    String setId = UUID.randomUUID().toString();
    for (int number = 1; number < shards; number++) {
      ShardFile file = ShardFile.open(folder.resolve("shard-" + number + ".db"));
      files.add(file);
      file.place(new ShardFile.Place(setId, number, shards));
    }
    files.getFirst().place(new ShardFile.Place(setId, 0, shards));
  }

  private static void refuseOrphans(Path folder, ShardFile first) {
    try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, "shard-*.db")) {
      for (Path other : others) {
        if (!other.getFileName().equals(first.path().getFileName()) && holdsObjects(other)) {
          throw first.damaged("is new, but " + other + " holds objects: the first file of the set is lost");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean holdsObjects(Path path) {
    try (ShardFile file = ShardFile.open(path)) {
      return file.hasObjects();
    }
  }

  @Override
  public Optional<byte[]> read(ObjectId id, String key) {
    return of(id).read(id, key);
  }

  @Override
  public List<String> keys(ObjectId id, String prefix, String after, int limit) {
    return of(id).keys(id, prefix, after, limit);
  }

  @Override
  public CompletableFuture<?> commit(ObjectId id, TurnBuffer writes) {
    return of(id).commit(id, writes);
  }

  @Override
  public void close() {
    files.forEach(ShardFile::close);
  }

  private ShardFile of(ObjectId id) {
    return files.get(number(id, files.size()));
  }

  /** CRC-32C of namespace, NUL, name: the same in every release, as what is on disk depends on it. */
  static int number(ObjectId id, int shards) {
    var crc = new CRC32C();
    crc.update(id.namespace().getBytes(UTF_8));
    crc.update(0);
    crc.update(id.name().getBytes(UTF_8));
    return (int) (crc.getValue() % shards);
  }
}
