package dev.edge4j.examples.shop;

import dev.edge4j.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A form as it stands in a page, with what a browser would send of it.
 *
 * @param fields values by name, as they stand there
 * @param free the names of those that a person types into or chooses
 */
public record Form(String action, boolean post, Map<String, String> fields, List<String> free) {
  private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern FIELD = Pattern.compile(
      "<(?:(?:input|textarea)\\b([^>]*)>|select\\b([^>]*)>(.*?)</select>)", Pattern.DOTALL);
  private static final Pattern CHOSEN = Pattern.compile("<option value=\"([^\"]*)\"[^>]* selected");
  private static final Pattern OPTION = Pattern.compile("<option value=\"([^\"]*)\"");
  private static final Map<String, String> SAMPLES = Map.of("email", "robin@shop.example", "password",
      "a long enough password", "postcode", "12345", "code", "WELCOME10");

  /** All forms of a page. */
  public static List<Form> of(Response page) {
    List<Form> forms = new ArrayList<>();
    Matcher form = FORM.matcher(page.text());
    while (form.find()) {
      forms.add(of(form.group(1), form.group(2)));
    }
    return forms;
  }

  /** The one with that action. */
  public static Form of(Response page, String action) {
    return of(page).stream()
        .filter(form -> form.action().equals(action))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no form of " + action + " in " + page.text()));
  }

  private static Form of(String attributes, String content) {
    Map<String, String> fields = new LinkedHashMap<>();
    List<String> free = new ArrayList<>();
    Matcher field = FIELD.matcher(content);
    while (field.find()) {
      boolean list = field.group(1) == null;
      String tag = list ? field.group(2) : field.group(1);
      String value = list ? chosen(field.group(3)) : attribute(tag, "value").orElse("");
      attribute(tag, "name").ifPresent(name -> {
        fields.put(name, value);
        if (!attribute(tag, "type").orElse("text").equals("hidden")) {
          free.add(name);
        }
      });
    }
    return new Form(attribute(attributes, "action").orElse(""), attribute(attributes, "method").orElse("get")
        .equals("post"), fields, free);
  }

  /** What a browser would send, with something in every field that is empty. */
  public String filled() {
    return encoded(Map.of());
  }

  /** The same with that in one field. */
  String with(String name, String value) {
    return encoded(Map.of(name, value));
  }

  /** The same with these values. */
  String encoded(Map<String, String> typed) {
    return fields.keySet()
        .stream()
        .map(name -> name + "=" + URLEncoder.encode(typed.getOrDefault(name, value(name)), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private String value(String name) {
    String value = fields.getOrDefault(name, "");
    return value.isEmpty() && free.contains(name) ? SAMPLES.getOrDefault(name, "Robin") : value;
  }

  private static String chosen(String options) {
    Matcher chosen = CHOSEN.matcher(options);
    Matcher first = OPTION.matcher(options);
    return chosen.find() ? chosen.group(1) : first.find() ? first.group(1) : "";
  }

  private static Optional<String> attribute(String attributes, String name) {
    Matcher found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(attributes);
    return found.find() ? Optional.of(plain(found.group(1))) : Optional.empty();
  }

  /** The text that HTML escapes. */
  static String plain(String html) {
    return html.replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#96;", "`")
        .replace("&#x60;", "`")
        .replace("&#61;", "=")
        .replace("&#x3D;", "=")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
