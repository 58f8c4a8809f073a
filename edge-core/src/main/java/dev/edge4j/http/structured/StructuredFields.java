package dev.edge4j.http.structured;

import dev.edge4j.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes structured field values (RFC 9651 section 4). What does not follow the grammar to the last character is empty as a whole,
 * as the standard demands: half a value is a wrong value. Pure.
 */
public final class StructuredFields {
  private StructuredFields() {}

  /** The item that a field's one line holds. */
  public static Optional<Item> item(Headers headers, String name) {
    return joined(headers, name).flatMap(StructuredFields::parseItem);
  }

  /** The list that a field holds, over all its lines; no members if it is absent. */
  public static Optional<List<Member>> list(Headers headers, String name) {
    return parseList(joined(headers, name).orElse(""));
  }

  /** The dictionary that a field holds, over all its lines; no members if it is absent. */
  public static Optional<Map<String, Member>> dictionary(Headers headers, String name) {
    return parseDictionary(joined(headers, name).orElse(""));
  }

  /** Section 4.2: several lines are one value, a comma between them. */
  private static Optional<String> joined(Headers headers, String name) {
    List<String> lines = headers.all(name);
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines));
  }

  public static Optional<Item> parseItem(String text) {
    return new FieldParser(text).whole(FieldParser::item);
  }

  public static Optional<List<Member>> parseList(String text) {
    return new FieldParser(text).whole(FieldParser::list);
  }

  /** A key that stands twice has its last value, at the place of the first. */
  public static Optional<Map<String, Member>> parseDictionary(String text) {
    return new FieldParser(text).whole(FieldParser::dictionary);
  }

  public static String write(Item item) {
    var out = new FieldWriter();
    out.item(item);
    return out.toString();
  }

  /** Empty for an empty list, which means: leave the field out. */
  public static String write(List<? extends Member> members) {
    var out = new FieldWriter();
    out.list(members);
    return out.toString();
  }

  /** Empty for an empty dictionary, which means: leave the field out. */
  public static String write(Map<String, ? extends Member> members) {
    var out = new FieldWriter();
    out.dictionary(members);
    return out.toString();
  }
}
