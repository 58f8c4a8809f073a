package dev.edge4j.render.asset;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How a folder of assets is served. Immutable.
 *
 * @param prefix the path that the folder is served below: a slash at its beginning and none at its end
 * @param hashed whether names hold the hash of their content; without, a browser asks each time
 * @param strict whether a reference to a file that is not there fails at start
 * @param files what is served as if it lay in the folder too, by its path there; asked for at start and by each reload
 */
public record AssetOptions(String prefix, boolean hashed, boolean strict, Map<String, Supplier<byte[]>> files) {
  private static final AssetOptions DEFAULTS = new AssetOptions("/assets", true, true, Map.of());

  /** Refuses a prefix that no path begins with, and names that are no path in a folder. */
  public AssetOptions {
    if (!prefix.matches("(/[A-Za-z0-9._~-]+)+")) {
      throw new IllegalArgumentException("prefix of assets: \"" + prefix + "\" (expected: such as /assets)");
    }
    for (String name : files.keySet()) {
      if (!name.matches("[^/.][^/]*(/[^/.][^/]*)*")) {
        throw new IllegalArgumentException("file of assets: \"" + name + "\" (expected: such as js/edge-socket.js)");
      }
    }
    files = Map.copyOf(files);
  }

  /** Below {@code /assets}, with hashes, and every reference checked. */
  public static AssetOptions defaults() {
    return DEFAULTS;
  }

  /** Below another path; {@link IllegalArgumentException} for one that does not begin with a slash, or ends with one. */
  public AssetOptions withPrefix(String newPrefix) {
    return new AssetOptions(newPrefix, hashed, strict, files);
  }

  /** Under their own names, which browsers ask for each time: while somebody works on them. */
  public AssetOptions withoutHashes() {
    return new AssetOptions(prefix, false, strict, files);
  }

  /** Leaves references to files that are not there as they stand: for what others have written. */
  public AssetOptions withDanglingReferences() {
    return new AssetOptions(prefix, hashed, false, files);
  }

  /**
   * With one file more, as if it lay in the folder under that name: a script that a library brings, say, or one that the program writes. Others refer to it as to any file.
   * {@link IllegalArgumentException} for a name that is no path in a folder, begins with a dot somewhere, or is there already; at start, if the folder has it.
   */
  public AssetOptions withFile(String name, Supplier<byte[]> content) {
    Map<String, Supplier<byte[]>> more = new TreeMap<>(files);
    if (more.put(name, content) != null) {
      throw new IllegalArgumentException("file of assets: \"" + name + "\" (expected: a name that is not there yet)");
    }
    return new AssetOptions(prefix, hashed, strict, more);
  }
}
