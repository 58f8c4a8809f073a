package dev.edge4j.cache.http;

import dev.edge4j.http.Accept;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Preferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The normal forms of request fields: two values with one form ask for the same (RFC 9111 section 4.1). */
final class FieldForms {
  /** A field value beyond this many characters counts by its SHA-256. */
  private static final int MAX_VALUE = 128;
  private static final Set<String> CODINGS = Set.of("gzip", "br", "zstd", "deflate");

  private final Selection selection;

  FieldForms(Selection selection) {
    this.selection = selection;
  }

  /** Of a field that is absent the form is empty; of any other it is not. */
  String normal(String name, List<String> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    String joined = lines.size() == 1 ? lines.getFirst() : String.join(",", lines);
    String value = switch (name) {
      case "accept-encoding" -> codings(members(joined, true));
      case "accept-language" -> selection.languages().isEmpty() ? sorted(members(joined, true)) : language(joined);
      case "accept" -> selection.mediaTypes().isEmpty() ? sorted(members(joined, true)) : mediaType(joined);
      case "accept-charset" -> sorted(members(joined, true));
      default -> String.join(",", members(joined, false));
    };
    return value.length() < MAX_VALUE ? "+" + value : "#" + CacheKey.digest(value, "");
  }

  private String mediaType(String value) {
    return Accept.of(Headers.of("Accept", value)).best(selection.mediaTypes()).orElse("");
  }

  private String language(String value) {
    return Preferences.languages(Headers.of("Accept-Language", value)).best(selection.languages()).orElse("");
  }

  /** The known codings a client takes, whatever it likes best: a response in any of them suits it. */
  private static String codings(List<String> members) {
    Set<String> known = new TreeSet<>();
    for (String member : members) {
      int semicolon = member.indexOf(';');
      String coding = semicolon < 0 ? member : member.substring(0, semicolon);
      if (coding.equals("*") || coding.equals("identity")) {
        return sorted(members);
      }
      if (CODINGS.contains(coding) && !isRefused(member, semicolon)) {
        known.add(coding);
      }
    }
    return String.join(",", known);
  }

  private static boolean isRefused(String member, int semicolon) {
    return semicolon >= 0 && member.startsWith(";q=0", semicolon) && member.substring(semicolon + 4)
        .chars()
        .allMatch(c -> c == '.' || c == '0');
  }

  /** Weights say what is liked better, order does not (RFC 9110 section 12.4.2). */
  private static String sorted(List<String> members) {
    return String.join(",", new TreeSet<>(members));
  }

  /** The members of a list; white space that means nothing is taken out, within a caseless field all of it. */
  private static List<String> members(String value, boolean caseless) {
    List<String> members = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ',';
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && (!quoted || i == value.length())) {
        String member = value.substring(start, Math.min(i, value.length())).strip();
        if (!member.isEmpty()) {
          members.add(caseless ? compact(member) : member);
        }
        start = i + 1;
      }
    }
    return members;
  }

  private static String compact(String member) {
    var text = new StringBuilder(member.length());
    for (int i = 0; i < member.length(); i++) {
      if (member.charAt(i) != ' ' && member.charAt(i) != '\t') {
        text.append(member.charAt(i));
      }
    }
    String lower = text.toString().toLowerCase(Locale.ROOT);
    int weight = lower.indexOf(";q=1");
    boolean full = weight >= 0 && lower.substring(weight + 4).chars().allMatch(c -> c == '.' || c == '0');
    return full ? lower.substring(0, weight) : lower;
  }
}
