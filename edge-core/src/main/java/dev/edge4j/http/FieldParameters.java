package dev.edge4j.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parameters behind a value ({@code ; name=value}, RFC 9110 section 5.6.6). */
public final class FieldParameters {
  private FieldParameters() {}

  /** By their names in lower case, unquoted; empty as a whole if one is malformed or stands twice. */
  public static Optional<Map<String, String>> parse(String value) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String[] pieces = Quoted.split(value, ';');
    for (int i = 1; i < pieces.length; i++) {
      String piece = pieces[i].strip();
      int equals = piece.indexOf('=');
      if (piece.isEmpty()) {
        continue;
      }
      Optional<String> text = equals < 1 ? Optional.empty() : Quoted.value(piece.substring(equals + 1));
      if (text.isEmpty() || !Tokens.isToken(piece.substring(0, equals)) || parameters.putIfAbsent(piece.substring(0,
          equals).toLowerCase(Locale.ROOT), text.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /** One of them; empty if it is not there, or if any of them is malformed. */
  public static Optional<String> first(String value, String name) {
    return parse(value).map(parameters -> parameters.get(name.toLowerCase(Locale.ROOT)));
  }
}
