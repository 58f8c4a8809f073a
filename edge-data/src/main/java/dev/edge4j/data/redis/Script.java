package dev.edge4j.data.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script, which the server runs as one step that nothing comes between. It is called by its digest, and sent whole only to a
 * server that does not know it yet.
 *
 * @param name for messages
 * @param writes whether it changes what others see, so that an answer that is lost leaves a doubt
 */
record Script(String name, String text, String digest, boolean writes) {
  static Script reading(String name, String text) {
    return of(name, text, false);
  }

  static Script writing(String name, String text) {
    return of(name, text, true);
  }

  private static Script of(String name, String text, boolean writes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Script(name, text, HexFormat.of().formatHex(hash), writes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }
}
