package dev.edge4j.examples.shop.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret, made once and kept in a file that its owner alone can read. */
public final class SecretFile {
  private static final int BYTES = 32;

  private SecretFile() {}

  /**
   * The secret of that file, which is made if it is not there; throws {@link UncheckedIOException} with one line if
   * it cannot be.
   */
  public static String read(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      String secret = Files.readString(file).strip();
      if (secret.getBytes(UTF_8).length < BYTES) {
        throw new IOException("holds less than " + BYTES + " bytes; delete it to get a new one");
      }
      return secret;
    } catch (IOException e) {
      throw new UncheckedIOException("secret file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Whole or not at all: the name is given to a finished file. */
  private static void create(Path file) throws IOException {
    var random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "secret", ".tmp", ownerOnly(file));
    Files.writeString(draft, HexFormat.of().formatHex(random));
    try {
      Files.move(draft, file);
    } catch (FileAlreadyExistsException e) {
      Files.delete(draft); // another start was first, and its secret counts
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
        : new FileAttribute<?>[0];
  }
}
