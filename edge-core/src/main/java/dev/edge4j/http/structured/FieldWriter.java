package dev.edge4j.http.structured;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes in the one form that RFC 9651 section 4.1 gives to each value. Confined to one thread. */
final class FieldWriter {
  private final StringBuilder out = new StringBuilder();

  void list(List<? extends Member> members) {
    members.forEach(member -> {
      separate();
      member(member);
    });
  }

  void dictionary(Map<String, ? extends Member> members) {
    members.forEach((key, member) -> {
      separate();
      Characters.checkKey(key);
      out.append(key);
      if (member instanceof Item item && item.value().equals(Bare.Flag.TRUE)) {
        parameters(item.parameters());
      } else {
        out.append('=');
        member(member);
      }
    });
  }

  private void separate() {
    if (!out.isEmpty()) {
      out.append(", ");
    }
  }

  private void member(Member member) {
    switch (member) {
      case Item item -> item(item);
      case InnerList list -> {
        out.append('(');
        for (int i = 0; i < list.items().size(); i++) {
          out.append(i == 0 ? "" : " ");
          item(list.items().get(i));
        }
        out.append(')');
        parameters(list.parameters());
      }
    }
  }

  void item(Item item) {
    bare(item.value());
    parameters(item.parameters());
  }

  private void parameters(Map<String, Bare> parameters) {
    parameters.forEach((key, value) -> {
      out.append(';').append(key);
      if (!value.equals(Bare.Flag.TRUE)) {
        out.append('=');
        bare(value);
      }
    });
  }

  private void bare(Bare value) {
    switch (value) {
      case Bare.Whole(long number) -> out.append(number);
      case Bare.Decimal(BigDecimal number) -> out.append(decimal(number));
      case Bare.Text(String text) -> out.append('"')
          .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
          .append('"');
      case Bare.Token(String token) -> out.append(token);
      case Bare.Binary(byte[] bytes) -> out.append(':').append(Base64.getEncoder().encodeToString(bytes)).append(':');
      case Bare.Flag(boolean flag) -> out.append(flag ? "?1" : "?0");
      case Bare.Time time -> out.append('@').append(time.value().getEpochSecond());
      case Bare.Display(String text) -> display(text);
    }
  }

  /** Without needless zeros, but with one digit behind the point. */
  private static String decimal(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.setScale(Math.max(1, stripped.scale())).toPlainString();
  }

  private void display(String text) {
    out.append("%\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b == '%' || b == '"' || b < ' ' || b == 127) {
        out.append('%').append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
      } else {
        out.append((char) b);
      }
    }
    out.append('"');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
