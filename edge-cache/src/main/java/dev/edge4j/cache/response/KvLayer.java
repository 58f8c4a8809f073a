package dev.edge4j.cache.response;

import dev.edge4j.cache.http.CacheKey;
import dev.edge4j.cache.http.CacheRules;
import dev.edge4j.cache.http.StoredResponse;
import dev.edge4j.cache.shared.QuietKv;
import dev.edge4j.cache.shared.Stamp;
import dev.edge4j.cache.shared.TagVersions;
import dev.edge4j.http.Request;
import dev.edge4j.kv.KvStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stored responses in a key-value store: under a digest of the target a generation and the names of the fields that its variants differ in; under both and a
 * digest of the fields' values the response, with its stamp before it. Without its generation no variant is found, so an invalidation is one delete. May wait;
 * a failure is nothing found.
 */
final class KvLayer {
  private static final String HOT = "hot";
  private static final Duration HOT_KEPT = Duration.ofDays(7);

  private final QuietKv kv;
  private final CacheRules rules;

  KvLayer(QuietKv kv, CacheRules rules) {
    this.kv = kv;
    this.rules = rules;
  }

  /** What the store has under a target. */
  private record Target(String generation, List<String> vary) {
    static Target parse(byte[] bytes) {
      List<String> lines = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
      return new Target(lines.getFirst(), lines.subList(1, lines.size()));
    }

    byte[] encode() {
      return Stream.concat(Stream.of(generation), vary.stream())
          .collect(Collectors.joining("\n"))
          .getBytes(StandardCharsets.UTF_8);
    }

    String key(String target, String variant) {
      return target + ":" + generation + ":" + CacheKey.digest("", variant);
    }
  }

  /** A target that was used much, and the variant of it. */
  record Hot(String primary, String variant) {}

  Optional<Variant> find(String primary, Request request) {
    String key = key(primary);
    return read(key).map(Target::parse)
        .flatMap(target -> read(target.key(key, rules.variant(request, target.vary()))))
        .flatMap(KvLayer::decode);
  }

  Optional<Variant> find(Hot hot) {
    String key = key(hot.primary);
    return read(key).map(Target::parse).flatMap(target -> read(target.key(key, hot.variant))).flatMap(KvLayer::decode);
  }

  void save(String primary, Variant variant, Instant now, BooleanSupplier superseded) {
    StoredResponse stored = variant.stored();
    Duration left = stored.remaining(now);
    Duration life = left.compareTo(TagVersions.MAX_LIFETIME) < 0 ? left : TagVersions.MAX_LIFETIME;
    byte[] bytes = encode(variant);
    if (!life.isPositive() || bytes.length > KvStore.MAX_VALUE_BYTES) {
      return;
    }
    String key = key(primary);
    String generation = read(key).map(Target::parse).map(Target::generation).orElseGet(KvLayer::random);
    var target = new Target(generation, stored.vary());
    kv.put(target.key(key, stored.variant()), bytes, life, superseded);
    kv.put(key, target.encode(), life, superseded);
  }

  boolean delete(String primary) {
    return kv.delete(key(primary));
  }

  /** Keeps which targets are used most. */
  void saveHot(List<Hot> hot) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      for (Hot each : hot) {
        byte[] primary = each.primary.getBytes(StandardCharsets.UTF_8);
        byte[] variant = each.variant.getBytes(StandardCharsets.UTF_8);
        out.writeInt(primary.length);
        out.write(primary);
        out.writeInt(variant.length);
        out.write(variant);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a write to memory", e);
    }
    kv.put(HOT, bytes.toByteArray(), HOT_KEPT);
  }

  List<Hot> hot() {
    List<Hot> hot = new ArrayList<>();
    var in = new DataInputStream(new ByteArrayInputStream(read(HOT).orElse(new byte[0])));
    try {
      while (in.available() > 0) {
        hot.add(new Hot(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8), new String(in.readNBytes(in
            .readInt()), StandardCharsets.UTF_8)));
      }
    } catch (IOException | IllegalArgumentException damaged) {
      return hot; // as far as it can be read
    }
    return hot;
  }

  private static byte[] encode(Variant variant) {
    byte[] stored = variant.stored().encode();
    var bytes = new ByteArrayOutputStream(stored.length + 64);
    try (var out = new DataOutputStream(bytes)) {
      variant.stamp().write(out);
      out.write(stored);
    } catch (IOException e) {
      throw new UncheckedIOException("a tag that is too long", e);
    }
    return bytes.toByteArray();
  }

  private static Optional<Variant> decode(byte[] bytes) {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      Stamp stamp = Stamp.read(in);
      return StoredResponse.decode(in.readAllBytes()).map(stored -> new Variant(stored, stamp, Stamp.FIRST));
    } catch (IOException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> read(String key) {
    return kv.get(key).flatMap(found -> found);
  }

  private static String key(String primary) {
    return CacheKey.digest(primary, "");
  }

  private static String random() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong());
  }
}
