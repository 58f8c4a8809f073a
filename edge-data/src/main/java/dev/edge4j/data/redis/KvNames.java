package dev.edge4j.data.redis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** What things are called in Redis: each begins with the store's prefix, in which is no character of the marks behind it. */
record KvNames(String prefix, byte[] hashes, String channel) {
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:{}-]{0,64}");

  /** Messages are the whole server's, so their channel has the database in it. */
  static KvNames of(String prefix, int database) {
    return new KvNames(checked(prefix), bytes(prefix + "="), prefix + "changes@" + database);
  }

  static String checked(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException("prefix: \"" + prefix
          + "\" (expected: at most 64 letters, digits, points, colons, hyphens, underscores, braces)");
    }
    return prefix;
  }

  byte[] hash(byte[] key) {
    var name = new ByteArrayOutputStream(hashes.length + key.length);
    name.writeBytes(hashes);
    name.writeBytes(key);
    return name.toByteArray();
  }

  /** The keys of a script that is about these. */
  byte[][] keys(Collection<byte[]> keys) {
    byte[][] all = new byte[3 + keys.size()][];
    List<String> marks = List.of("n", "k", "x");
    for (int i = 0; i < 3; i++) {
      all[i] = bytes(prefix + marks.get(i));
    }
    int next = 3;
    for (byte[] key : keys) {
      all[next++] = hash(key);
    }
    return all;
  }

  /** The arguments of a script, behind those that all have. */
  byte[][] arguments(Collection<byte[]> args) {
    List<byte[]> all = new ArrayList<>(List.of(hashes, bytes(channel)));
    all.addAll(args);
    return all.toArray(byte[][]::new);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
