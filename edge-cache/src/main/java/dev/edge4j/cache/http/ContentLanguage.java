package dev.edge4j.cache.http;

import dev.edge4j.http.Preferences;
import dev.edge4j.http.Request;

/** Stored responses in the one language that a request likes best: nothing the origin has could suit it better. */
final class ContentLanguage {
  private static final String FIELD = "accept-language=";

  private ContentLanguage() {}

  /** True if they match in all other fields, and in the language. */
  static boolean matches(Request request, StoredResponse stored, String variant) {
    if (!stored.vary().contains("accept-language") || !without(variant).equals(without(stored.variant()))) {
      return false;
    }
    String language = String.join(",", stored.headers().all("Content-Language"));
    return !language.isEmpty() && language.indexOf(',') < 0 && request.headers().contains("Accept-Language")
        && Preferences.languages(request.headers()).quality(language.strip()) == 1000;
  }

  /** The text of a variant without the value of that field. */
  private static String without(String variant) {
    var text = new StringBuilder();
    int at = 0;
    while (at < variant.length()) {
      int equals = variant.indexOf('=', at);
      int colon = variant.indexOf(':', equals);
      int end = colon + 2 + Integer.parseInt(variant.substring(equals + 1, colon)); // our own text, not the wire's
      if (!variant.startsWith(FIELD, at)) {
        text.append(variant, at, end);
      }
      at = end;
    }
    return text.toString();
  }
}
