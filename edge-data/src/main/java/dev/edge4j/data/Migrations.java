package dev.edge4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbered scripts that bring a database from empty to what this program expects: 1, 2, 3, without gaps. A script that has
 * been applied anywhere is never edited; a change is a new script.
 */
public record Migrations(List<Step> steps) {
  private static final Pattern FILE = Pattern.compile("(?:.*/)?0*([1-9][0-9]{0,8})_([A-Za-z0-9_-]+)\\.sql");

  /** One script, which is applied wholly or not at all. */
  public record Step(int version, String name, String script) {
    public Step {
      if (version < 1 || name.isBlank() || script.isBlank()) {
        throw new IllegalArgumentException("migration " + version + " " + name
            + " (expected: a number from 1, a name and a script)");
      }
    }
  }

  public Migrations {
    steps = List.copyOf(steps);
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).version() != i + 1) {
        throw new IllegalArgumentException("migration " + steps.get(i).version() + " in place " + (i + 1)
            + " (expected: 1, 2, 3, without gaps)");
      }
    }
  }

  /** Scripts given as text, numbered from 1 in the order given. */
  public static Migrations of(String... scripts) {
    var steps = new ArrayList<Step>();
    for (String script : scripts) {
      steps.add(new Step(steps.size() + 1, "script", script));
    }
    return new Migrations(steps);
  }

  /**
   * Scripts among the resources of a class, in order: {@code 1_catalog.sql}, {@code 002_orders.sql}. They are named one by one,
   * because a folder inside a jar cannot be listed on every class loader.
   */
  public static Migrations resources(Class<?> beside, String... files) {
    var steps = new ArrayList<Step>();
    for (String file : files) {
      Matcher name = FILE.matcher(file);
      if (!name.matches()) {
        throw new IllegalArgumentException("migration " + file + " (expected: a name such as 2_orders.sql)");
      }
      steps.add(new Step(Integer.parseInt(name.group(1)), name.group(2), read(beside, file)));
    }
    return new Migrations(steps);
  }

  /** The scripts of a folder, in order: all files whose names end in {@code .sql}, named as above. */
  public static Migrations folder(Path folder) {
    var steps = new TreeMap<Integer, Step>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.sql")) {
      for (Path file : files) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (!name.matches()) {
          throw new IllegalArgumentException("migration " + file + " (expected: a name such as 2_orders.sql)");
        }
        var step = new Step(Integer.parseInt(name.group(1)), name.group(2), Files.readString(file));
        if (steps.put(step.version(), step) != null) {
          throw new IllegalArgumentException("migration " + file + " (expected: another number, this one is taken)");
        }
      }
    } catch (IOException e) {
      throw new StoreException(StoreException.Reason.FAILED, "migrations in " + folder + " cannot be read", e);
    }
    return new Migrations(List.copyOf(steps.values()));
  }

  private static String read(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("migration " + file + " is not among the resources of " + beside.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException(StoreException.Reason.FAILED, "migration " + file + " cannot be read", e);
    }
  }
}
