package dev.edge4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An extension that a client offers in {@code Sec-WebSocket-Extensions} (RFC 6455 section 9.1).
 *
 * @param name its name
 * @param parameters its parameters as they stand there, repeated ones too
 */
record Extension(String name, List<Parameter> parameters) {
  static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  /** A quoted value must be a token too once it is unquoted. */
  private static final Pattern PARAMETER = Pattern
      .compile("(" + TOKEN + ")(?:[ \t]*=[ \t]*(?:(" + TOKEN + ")|\"(" + TOKEN + ")\"))?");

  /** A parameter, with or without a value. */
  record Parameter(String name, Optional<String> value) {}

  /** Reads one member of the list; empty if it breaks the grammar, and with it the whole handshake. */
  static Optional<Extension> parse(String member) {
    String[] parts = member.split(";", -1);
    String name = parts[0].strip();
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      Matcher parameter = PARAMETER.matcher(parts[i].strip());
      if (!parameter.matches()) {
        return Optional.empty();
      }
      Optional<String> plain = Optional.ofNullable(parameter.group(2));
      parameters.add(new Parameter(parameter.group(1), plain.or(() -> Optional.ofNullable(parameter.group(3)))));
    }
    return TOKEN.matcher(name).matches() ? Optional.of(new Extension(name, parameters)) : Optional.empty();
  }
}
