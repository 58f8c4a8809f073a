package dev.edge4j.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What tells one version of a resource from another (RFC 9110 section 8.8.3).
 *
 * @param opaque the text between the quotation marks
 * @param weak true if two versions that mean the same, though not byte for byte, share it
 */
public record EntityTag(String opaque, boolean weak) {
  private static final int DIGEST_BYTES = 15;

  /** Refuses what may not stand between the quotation marks. */
  public EntityTag {
    if (!opaque.chars().allMatch(EntityTag::isAllowed)) {
      throw new IllegalArgumentException("entity tag: " + opaque
          + " (expected: visible characters without quotation marks, RFC 9110 section 8.8.3)");
    }
  }

  public static EntityTag strong(String opaque) {
    return new EntityTag(opaque, false);
  }

  public static EntityTag weak(String opaque) {
    return new EntityTag(opaque, true);
  }

  /** A strong one made from the bytes themselves: equal bytes have equal tags, and for others to share it is beyond chance. */
  public static EntityTag of(byte[] content) {
    return of(List.of(content));
  }

  /** As {@link #of(byte[])}, of bytes that lie in several arrays: where they are cut makes no difference. */
  public static EntityTag of(List<byte[]> content) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      content.forEach(sha::update);
      byte[] digest = sha.digest();
      return strong(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Reads {@code "abc"} or {@code W/"abc"}; empty if it is neither. */
  public static Optional<EntityTag> parse(String text) {
    boolean weak = text.startsWith("W/");
    int first = weak ? 2 : 0;
    int last = text.length() - 1;
    if (last <= first || text.charAt(first) != '"' || text.charAt(last) != '"') {
      return Optional.empty();
    }
    String opaque = text.substring(first + 1, last);
    return opaque.chars().allMatch(EntityTag::isAllowed) ? Optional.of(new EntityTag(opaque, weak)) : Optional.empty();
  }

  /** The members of a list of tags; empty if one of them is none, or there is none at all. A comma may stand within a tag. */
  static Optional<List<EntityTag>> parseList(String text) {
    List<EntityTag> tags = new ArrayList<>();
    for (String member : membersOf(text)) {
      String stripped = member.strip();
      if (!stripped.isEmpty()) { // an empty member is allowed, RFC 9110 section 5.6.1.2
        Optional<EntityTag> tag = parse(stripped);
        if (tag.isEmpty()) {
          return Optional.empty();
        }
        tags.add(tag.get());
      }
    }
    return tags.isEmpty() ? Optional.empty() : Optional.of(tags);
  }

  /** Split at commas outside of quotation marks; a tag knows no escapes. */
  private static List<String> membersOf(String text) {
    List<String> members = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        members.add(text.substring(start, i));
        start = i + 1;
      }
    }
    members.add(text.substring(start));
    return members;
  }

  /** Strong comparison (RFC 9110 section 8.8.3.2): the same, and neither is weak. */
  public boolean isSame(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /** Weak comparison: the same, whether weak or not. */
  public boolean isEquivalent(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  /** The same tag, weak. */
  public EntityTag asWeak() {
    return weak(opaque);
  }

  /** As it stands in a field. */
  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + opaque + '"';
  }

  private static boolean isAllowed(int c) {
    return c == 0x21 || (c >= 0x23 && c <= 0x7E) || (c >= 0x80 && c <= 0xFF);
  }
}
