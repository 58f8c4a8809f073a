package dev.edge4j.env;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** A properties file, in UTF-8. */
record ConfigFile(Path path, Properties properties) implements Source {
  static ConfigFile read(Path path) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new EnvException("config: " + path + " cannot be read (expected: a properties file in UTF-8)");
    }
    return new ConfigFile(path, properties);
  }

  @Override
  public Optional<Found> find(String name) {
    return Optional.ofNullable(properties.getProperty(name)).map(value -> new Found(value.strip(), path.toString()));
  }
}
