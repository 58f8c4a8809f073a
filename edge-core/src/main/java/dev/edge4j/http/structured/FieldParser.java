package dev.edge4j.http.structured;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** The algorithms of RFC 9651 section 4.2, from left to right without a step back. Confined to one thread, used once. */
final class FieldParser {
  private static final int END = -1;
  private static final int MAX_INTEGER_DIGITS = 15;
  private static final int MAX_DECIMAL_DIGITS = 12;
  private static final int MAX_FRACTION_DIGITS = 3;

  /** Not the grammar; never leaves this class. */
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super("malformed", null, false, false);
    }
  }

  private final String text;
  private int at;

  FieldParser(String text) {
    this.text = text;
  }

  /** All of the text is that, but for spaces around it; empty if it is not. */
  <T> Optional<T> whole(Function<FieldParser, T> read) {
    try {
      skip(c -> c == ' ');
      T value = read.apply(this);
      skip(c -> c == ' ');
      return at == text.length() ? Optional.of(value) : Optional.empty();
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  List<Member> list() {
    List<Member> members = new ArrayList<>();
    while (peek() != END) {
      members.add(member());
      nextMember();
    }
    return List.copyOf(members);
  }

  Map<String, Member> dictionary() {
    Map<String, Member> members = new LinkedHashMap<>();
    while (peek() != END) {
      String key = key();
      Member member = takes('=') ? member() : new Item(Bare.Flag.TRUE, parameters());
      members.put(key, member); // the last one counts, at the place of the first
      nextMember();
    }
    return Collections.unmodifiableMap(members);
  }

  /** To the next member, or to the end; a comma at the end is none. */
  private void nextMember() {
    skip(c -> c == ' ' || c == '\t');
    if (peek() != END) {
      expect(',');
      skip(c -> c == ' ' || c == '\t');
      check(peek() != END);
    }
  }

  private Member member() {
    return peek() == '(' ? innerList() : item();
  }

  private InnerList innerList() {
    expect('(');
    List<Item> items = new ArrayList<>();
    while (true) {
      skip(c -> c == ' ');
      if (takes(')')) {
        return new InnerList(items, parameters());
      }
      items.add(item());
      check(peek() == ' ' || peek() == ')');
    }
  }

  Item item() {
    Bare value = bare();
    return new Item(value, parameters());
  }

  private Map<String, Bare> parameters() {
    Map<String, Bare> parameters = new LinkedHashMap<>();
    while (takes(';')) {
      skip(c -> c == ' ');
      String key = key();
      Bare value = takes('=') ? bare() : Bare.Flag.TRUE;
      parameters.put(key, value);
    }
    return parameters;
  }

  private String key() {
    check(Characters.startsKey(peek()));
    return take(Characters::isInKey);
  }

  private Bare bare() {
    int c = peek();
    if (c == '-' || Characters.isDigit(c)) {
      return number();
    }
    if (Characters.startsToken(c)) {
      return new Bare.Token(take(Characters::isInToken));
    }
    return switch (c) {
      case '"' -> new Bare.Text(string());
      case ':' -> new Bare.Binary(bytes());
      case '?' -> flag();
      case '@' -> time();
      case '%' -> new Bare.Display(display());
      default -> throw new Malformed();
    };
  }

  private Bare number() {
    String sign = takes('-') ? "-" : "";
    String whole = take(Characters::isDigit);
    check(!whole.isEmpty());
    if (peek() != '.') {
      check(whole.length() <= MAX_INTEGER_DIGITS);
      return new Bare.Whole(Long.parseLong(sign + whole));
    }
    expect('.');
    String fraction = take(Characters::isDigit);
    check(whole.length() <= MAX_DECIMAL_DIGITS && !fraction.isEmpty() && fraction.length() <= MAX_FRACTION_DIGITS);
    return new Bare.Decimal(new BigDecimal(sign + whole + '.' + fraction));
  }

  private String string() {
    expect('"');
    var value = new StringBuilder();
    while (true) {
      int c = next();
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\') {
        c = next();
        check(c == '"' || c == '\\');
      }
      check(c >= ' ' && c < 127);
      value.append((char) c);
    }
  }

  private byte[] bytes() {
    expect(':');
    String encoded = take(c -> c != ':' && c != END);
    expect(':');
    try {
      return Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException _) {
      throw new Malformed();
    }
  }

  private Bare.Flag flag() {
    expect('?');
    int c = next();
    check(c == '0' || c == '1');
    return new Bare.Flag(c == '1');
  }

  private Bare.Time time() {
    expect('@');
    Bare number = number();
    if (number instanceof Bare.Whole(long seconds)) {
      return new Bare.Time(Instant.ofEpochSecond(seconds));
    }
    throw new Malformed();
  }

  private String display() {
    expect('%');
    expect('"');
    var bytes = new ByteArrayOutputStream(); // grows: many in one field would each want room for all of it
    while (true) {
      int c = next();
      check(c >= ' ' && c < 127);
      if (c == '"') {
        return utf8(ByteBuffer.wrap(bytes.toByteArray()));
      }
      bytes.write(c == '%' ? hex() << 4 | hex() : c);
    }
  }

  /** Lower case alone (section 4.2.10). */
  private int hex() {
    int c = next();
    check(Characters.isDigit(c) || (c >= 'a' && c <= 'f'));
    return Character.digit(c, 16);
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      throw new Malformed();
    }
  }

  // ---- characters

  private int peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private int next() {
    check(at < text.length());
    return text.charAt(at++);
  }

  private boolean takes(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    check(takes(c));
  }

  private String take(IntPredicate wanted) {
    int from = at;
    skip(wanted);
    return text.substring(from, at);
  }

  private void skip(IntPredicate unwanted) {
    while (peek() != END && unwanted.test(peek())) {
      at++;
    }
  }

  private static void check(boolean sound) {
    if (!sound) {
      throw new Malformed();
    }
  }
}
