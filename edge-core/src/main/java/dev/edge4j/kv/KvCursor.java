package dev.edge4j.kv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Cursors of {@link VersionedKv#page} that hold the last key that was looked at, for who implements it. They hold the key in the
 * open: who must not see keys must not see cursors.
 */
public final class KvCursor {
  private static final char FORM = '1';

  private KvCursor() {}

  /** The cursor that goes on behind a key. */
  public static String behind(String key) {
    return FORM + Base64.getUrlEncoder().withoutPadding().encodeToString(KvArguments.key(key));
  }

  /**
   * The key behind which to go on; empty for the empty cursor. Throws {@link IllegalArgumentException} for text that is no cursor, or
   * one of another prefix.
   */
  public static String key(String prefix, String cursor) {
    if (cursor.isEmpty()) {
      return "";
    }
    String key = decoded(cursor);
    if (!key.startsWith(prefix)) {
      throw new IllegalArgumentException("cursor of another prefix than " + prefix
          + " (expected: the prefix of the page before)");
    }
    return key;
  }

  private static String decoded(String cursor) {
    if (cursor.charAt(0) != FORM) {
      throw unknown(null);
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor.substring(1));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw unknown(e);
    }
  }

  private static IllegalArgumentException unknown(@Nullable Exception cause) {
    return new IllegalArgumentException("cursor that no page gave (expected: that of the page before, unchanged)",
        cause);
  }
}
