package dev.edge4j.render.asset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.env.Suggestion;
import dev.edge4j.http.MediaTypes;
import dev.edge4j.http.RequestTarget;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The assets of a folder as they were at one moment.
 *
 * <p>The hash in a name is of the file and of all that it refers to, directly or not, as they lie in the folder: so it changes if any of them does, and modules that
 * import each other have one too, which a hash of what is served could not give them.
 */
final class Snapshot {
  /** Counts up with every change of how references are rewritten: it goes into the hashes, for the same files are then served otherwise. */
  private static final String REWRITING = "edge4j assets 1\n";
  private static final int HASH_DIGITS = 10;

  /** A found file, and whether it was asked for by the name that never changes its meaning. */
  record Found(StoredAsset asset, boolean hashed) {}

  private final SequencedMap<String, StoredAsset> byName;
  private final Map<String, Found> byPath = new HashMap<>();

  private Snapshot(SequencedMap<String, StoredAsset> byName) {
    this.byName = byName;
  }

  /** Links and hashes files; {@link IllegalArgumentException} for a reference to one that is not there, if options are strict. */
  static Snapshot of(Map<String, byte[]> files, AssetOptions options) {
    Map<String, List<Reference>> references = new TreeMap<>();
    files.forEach((name, bytes) -> references.put(name, references(files.keySet(), name, bytes, options)));
    Map<String, String> hashes = new HashMap<>();
    Map<String, byte[]> digests = new HashMap<>();
    files.forEach((name, bytes) -> digests.put(name, digest("SHA-256").digest(bytes)));
    files.keySet().forEach(name -> hashes.put(name, hash(name, references, digests)));
    var snapshot = new Snapshot(new TreeMap<>());
    files.forEach((name, bytes) -> snapshot.add(name, options.hashed() ? rewritten(bytes, references.getOrDefault(name,
        List
            .of()), hashes) : bytes, hashes.getOrDefault(name, ""), options));
    return snapshot;
  }

  private static List<Reference> references(Collection<String> names, String name, byte[] bytes, AssetOptions options) {
    List<Reference> there = new ArrayList<>();
    for (Reference reference : Reference.in(name, new String(bytes, ISO_8859_1), options.prefix())) {
      if (names.contains(reference.target())) {
        there.add(reference);
      } else if (options.strict()) {
        throw new IllegalArgumentException("asset " + name + " refers to \"" + reference.target()
            + "\", which is not there" + hint(reference.target(), names));
      }
    }
    return there;
  }

  private static String hint(String name, Collection<String> names) {
    return Suggestion.nearest(name, names)
        .map(near -> " (did you mean \"" + near + "\"?)")
        .orElse(" (expected: a file of the folder)");
  }

  private static String hash(String name, Map<String, List<Reference>> references, Map<String, byte[]> digests) {
    SortedSet<String> reached = new TreeSet<>();
    reach(name, references, reached);
    reached.remove(name);
    MessageDigest digest = digest("SHA-256");
    digest.update(REWRITING.getBytes(UTF_8));
    digest.update(digests.getOrDefault(name, new byte[0]));
    for (String other : reached) {
      digest.update((other + "\n").getBytes(UTF_8));
      digest.update(digests.getOrDefault(other, new byte[0]));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
  }

  private static void reach(String name, Map<String, List<Reference>> references, SortedSet<String> reached) {
    if (reached.add(name)) {
      references.getOrDefault(name, List.of()).forEach(each -> reach(each.target(), references, reached));
    }
  }

  private static byte[] rewritten(byte[] bytes, List<Reference> references, Map<String, String> hashes) {
    if (references.isEmpty()) {
      return bytes;
    }
    String text = new String(bytes, ISO_8859_1);
    var out = new StringBuilder(text.length() + references.size() * (HASH_DIGITS + 1));
    int from = 0;
    for (Reference reference : references) {
      out.append(text, from, reference.insertAt()).append('.').append(hashes.get(reference.target()));
      from = reference.insertAt();
    }
    return out.append(text, from, text.length()).toString().getBytes(ISO_8859_1);
  }

  private void add(String name, byte[] bytes, String hash, AssetOptions options) {
    int at = Reference.hashAt(name);
    String path = options.hashed() ? name.substring(0, at) + "." + hash + name.substring(at) : name;
    String integrity = "sha384-" + Base64.getEncoder().encodeToString(digest("SHA-384").digest(bytes));
    Asset asset = new Asset(name, options.prefix() + "/" + RequestTarget.encode(path), integrity, MediaTypes.ofName(
        name), bytes.length);
    StoredAsset stored = new StoredAsset(asset, hash, bytes);
    byName.put(name, stored);
    byPath.put(name, new Found(stored, false));
    if (options.hashed()) {
      byPath.put(path, new Found(stored, true));
    }
  }

  /** What is served at that path below the prefix. Nothing but a look into a table: a path is no way anywhere else. */
  Optional<Found> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /** The asset of that name; {@link IllegalArgumentException} with the nearest name if there is none. */
  Asset named(String name) {
    StoredAsset stored = byName.get(name);
    if (stored == null) {
      throw new IllegalArgumentException("asset \"" + name + "\" is not there" + hint(name, byName.keySet()));
    }
    return stored.asset();
  }

  Collection<StoredAsset> all() {
    return byName.sequencedValues();
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }
}
