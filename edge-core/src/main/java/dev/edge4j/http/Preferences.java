package dev.edge4j.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * What a client prefers among content codings, languages or charsets: the fields whose members are one word and a weight (RFC 9110
 * sections 12.5.2 to 12.5.4). Media types have {@link Accept}.
 *
 * <p>Of several offers the best is the most welcome, and of equally welcome ones the first: the client's quality, then our order. Words
 * compare without case; a malformed member, or a word of more than 100 characters, is passed over.
 */
public final class Preferences {
  private static final String ANY = "*";
  private static final String IDENTITY = "identity";
  /** No registered word is half as long; to shorten one subtag by subtag takes its length squared. */
  private static final int MAX_WORD = 100;

  private final List<Member> members;
  private final Kind kind;

  private Preferences(List<Member> members, Kind kind) {
    this.members = List.copyOf(members);
    this.kind = kind;
  }

  /** A word in lower case, and how welcome it is in thousandths. */
  private record Member(String word, int quality) {}

  private enum Kind {
    ENCODING, LANGUAGE, CHARSET
  }

  /**
   * The content codings of {@code Accept-Encoding} (section 12.5.3): {@code identity} is acceptable unless it, or else {@code *}, is refused,
   * and least welcome unless it is named. Without the field nothing else is: a client that can decode says so.
   */
  public static Preferences encodings(Headers headers) {
    return read(headers, "Accept-Encoding", Kind.ENCODING, word -> word.startsWith("x-") ? word.substring(2) : word);
  }

  /** The languages of {@code Accept-Language} (section 12.5.4); without the field, all. */
  public static Preferences languages(Headers headers) {
    return read(headers, "Accept-Language", Kind.LANGUAGE, UnaryOperator.identity());
  }

  /** The charsets of {@code Accept-Charset} (section 12.5.2), which no browser sends any more; without the field, all. */
  public static Preferences charsets(Headers headers) {
    return read(headers, "Accept-Charset", Kind.CHARSET, UnaryOperator.identity());
  }

  private static Preferences read(Headers headers, String field, Kind kind, UnaryOperator<String> canonical) {
    List<Member> members = new ArrayList<>();
    for (String member : headers.list(field)) {
      int semicolon = member.indexOf(';');
      String word = (semicolon < 0 ? member : member.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
      OptionalInt quality = semicolon < 0 ? OptionalInt.of(1000) : weight(member.substring(semicolon + 1).strip());
      if (word.length() <= MAX_WORD && Tokens.isToken(word) && quality.isPresent()) {
        members.add(new Member(canonical.apply(word), quality.getAsInt()));
      }
    }
    return new Preferences(members, kind);
  }

  private static OptionalInt weight(String parameter) {
    return parameter.regionMatches(true, 0, "q=", 0, 2) ? Weight.thousandths(parameter.substring(2))
        : OptionalInt.empty();
  }

  /**
   * How welcome an offer is, 0 (not acceptable) to 1000. For a language the longest range that is the tag or a prefix of it decides (basic
   * filtering, RFC 4647 section 3.3.1): {@code de} includes {@code de-AT}.
   */
  public int quality(String offer) {
    String word = offer.toLowerCase(Locale.ROOT);
    if (members.isEmpty()) {
      return kind != Kind.ENCODING ? 1000 : word.equals(IDENTITY) ? 1 : 0;
    }
    for (String range = word; !range.isEmpty(); range = kind == Kind.LANGUAGE ? shorter(range) : "") {
      OptionalInt own = named(range);
      if (own.isPresent()) {
        return own.getAsInt();
      }
    }
    OptionalInt any = named(ANY);
    if (kind == Kind.ENCODING && word.equals(IDENTITY)) {
      return any.isPresent() && any.getAsInt() == 0 ? 0 : 1;
    }
    return any.orElse(0);
  }

  private OptionalInt named(String word) {
    return members.stream().filter(member -> member.word().equals(word)).mapToInt(Member::quality).max();
  }

  private static String shorter(String tag) {
    int hyphen = tag.lastIndexOf('-');
    return hyphen < 0 ? "" : tag.substring(0, hyphen);
  }

  /** The most welcome of several offers, of equally welcome ones the first; empty if none is acceptable. */
  public Optional<String> best(List<String> offers) {
    String best = "";
    int quality = 0;
    for (String offer : offers) {
      int own = quality(offer);
      if (own > quality) {
        best = offer;
        quality = own;
      }
    }
    return quality == 0 ? Optional.empty() : Optional.of(best);
  }

  /**
   * The offer that the most welcome range leads to, by lookup (RFC 4647 section 3.4): a range that is not offered loses its last subtags, one
   * by one, so {@code de-AT} finds {@code de}. A range of quality 0 is passed over, and so is {@code *}, which asks for our own choice. Empty
   * if no range finds one.
   */
  public Optional<String> lookup(List<String> offers) {
    return members.stream()
        .filter(member -> member.quality() > 0 && !member.word().equals(ANY))
        .sorted((a, b) -> Integer.compare(b.quality(), a.quality())) // stable: of equal ones the first given
        .flatMap(member -> lookup(member.word(), offers).stream())
        .findFirst();
  }

  /** The offer that one range leads to, as {@link #lookup(List)} says. */
  public static Optional<String> lookup(String range, List<String> offers) {
    String left = range;
    while (!left.isEmpty()) {
      for (String offer : offers) {
        if (offer.equalsIgnoreCase(left)) {
          return Optional.of(offer);
        }
      }
      left = shorter(left);
      if (left.length() > 1 && left.charAt(left.length() - 2) == '-') {
        left = left.substring(0, left.length() - 2); // a single letter introduces what stood behind it
      }
    }
    return Optional.empty();
  }
}
