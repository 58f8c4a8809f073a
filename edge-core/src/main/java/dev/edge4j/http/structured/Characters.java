package dev.edge4j.http.structured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which characters may stand where (RFC 9651 section 3). */
final class Characters {
  private static final String TOKEN = "!#$%&'*+-.^_`|~:/";

  private Characters() {}

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isLetter(int c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }

  static boolean startsKey(int c) {
    return isLower(c) || c == '*';
  }

  static boolean isInKey(int c) {
    return isLower(c) || isDigit(c) || c == '_' || c == '-' || c == '.' || c == '*';
  }

  static boolean startsToken(int c) {
    return isLetter(c) || c == '*';
  }

  static boolean isInToken(int c) {
    return isLetter(c) || isDigit(c) || TOKEN.indexOf(c) >= 0;
  }

  static boolean isToken(String text) {
    return !text.isEmpty() && startsToken(text.charAt(0)) && text.chars().allMatch(Characters::isInToken);
  }

  static Map<String, Bare> checkedKeys(Map<String, Bare> parameters) {
    parameters.keySet().forEach(Characters::checkKey);
    return Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  static void checkKey(String key) {
    if (key.isEmpty() || !startsKey(key.charAt(0)) || !key.chars().allMatch(Characters::isInKey)) {
      throw new IllegalArgumentException("key: \"" + key
          + "\" (expected: a lower-case letter or asterisk, then those, digits, _ - . *, RFC 9651 section 3.1.2)");
    }
  }

  static Map<String, Bare> with(Map<String, Bare> parameters, String key, Bare value) {
    var changed = new LinkedHashMap<>(parameters);
    changed.put(key, value);
    return changed;
  }
}
