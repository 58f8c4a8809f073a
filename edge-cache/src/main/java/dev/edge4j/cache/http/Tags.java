package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import dev.edge4j.http.structured.Bare;
import dev.edge4j.http.structured.Item;
import dev.edge4j.http.structured.Member;
import dev.edge4j.http.structured.StructuredFields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/** Surrogate keys and cache groups. */
final class Tags {
  private Tags() {}

  /** {@code Surrogate-Key} has spaces between keys, {@code Cache-Tag} commas. */
  static Set<String> of(Headers headers) {
    if (!headers.contains("Surrogate-Key") && !headers.contains("Cache-Tag")) {
      return Set.of();
    }
    Set<String> tags = new LinkedHashSet<>(headers.list("Cache-Tag"));
    for (String line : headers.all("Surrogate-Key")) {
      var keys = new StringTokenizer(line, " \t");
      while (keys.hasMoreTokens()) {
        tags.add(keys.nextToken());
      }
    }
    return tags;
  }

  /** The strings of a list field of RFC 9875; none if the field cannot be read (RFC 9651 section 4.2). */
  static Set<String> groups(Headers headers, String field) {
    if (!headers.contains(field)) {
      return Set.of();
    }
    Set<String> groups = new LinkedHashSet<>();
    Optional<List<Member>> members = StructuredFields.list(headers, field);
    for (Member member : members.orElse(List.of())) {
      if (member instanceof Item(Bare.Text(String group), var _)) {
        groups.add(group);
      }
    }
    return groups;
  }
}
