package dev.edge4j.data.redis;

import dev.edge4j.kv.KvCursor;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvPage;
import io.lettuce.core.KeyValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@link KvScripts} have written. */
final class KvFields {
  private static final byte[] NOTHING = new byte[0];
  /** The fields of a hash in the order in which they are read: value, version, metadata, expiry. */
  static final byte[][] ALL = {KvNames.bytes("v"), KvNames.bytes("n"), KvNames.bytes("m"), KvNames.bytes("x")};

  private KvFields() {}

  /** What HMGET answers; none of the fields is there if the key is not. */
  static Optional<KvEntry> entry(String key, List<KeyValue<byte[], byte[]>> fields) {
    return entry(key, fields.stream().map(field -> field.getValueOrElse(NOTHING)).toList(), 0);
  }

  /** What {@link KvScripts#READ} answers, from a position on. */
  static Optional<KvEntry> entry(String key, List<byte[]> fields, int from) {
    Optional<String> version = some(fields.get(from + 1));
    return version.map(number -> new KvEntry(key, fields.get(from), some(fields.get(from + 2)), Long.parseLong(number),
        some(fields.get(from + 3)).map(KvFields::instant)));
  }

  static KvPage page(List<byte[]> answer) {
    String last = text(answer.getFirst());
    List<KvPage.Item> items = new ArrayList<>();
    for (int i = 1; i < answer.size(); i += 3) {
      Optional<Instant> expiry = some(answer.get(i + 1)).map(KvFields::instant);
      items.add(new KvPage.Item(text(answer.get(i)), expiry, some(answer.get(i + 2))));
    }
    return new KvPage(items, last.isEmpty() ? Optional.empty() : Optional.of(KvCursor.behind(last)));
  }

  private static Optional<String> some(byte[] bytes) {
    return bytes.length == 0 ? Optional.empty() : Optional.of(text(bytes));
  }

  private static Instant instant(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
