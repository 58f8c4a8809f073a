package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Route;
import dev.edge4j.http.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every kind of page that one browser finds in the shop: those of its routes, and what these lead to. Of pages that differ in a number or a value alone it looks
 * at two.
 */
final class Crawl {
  private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)");
  private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+");
  private static final Pattern VALUE = Pattern.compile("=[^&]*");
  private static final int OF_A_KIND = 2;

  private final Map<String, Response> pages = new LinkedHashMap<>();
  private final Map<String, Integer> kinds = new LinkedHashMap<>();

  private Crawl(RunningShop shop, Browser browser) {
    Deque<String> todo = new ArrayDeque<>();
    shop.routes()
        .stream()
        .filter(route -> route.method().equals("GET") && isPage(route))
        .forEach(route -> todo.add(route.pattern()));
    Set<String> seen = new HashSet<>(todo);
    while (!todo.isEmpty()) {
      String target = todo.remove();
      if (kinds.merge(kind(target), 1, Integer::sum) <= OF_A_KIND) {
        Response page = browser.get(target);
        pages.put(target, page);
        links(page).stream().filter(seen::add).forEach(todo::add);
      }
    }
    assertTrue(pages.size() > 8, () -> "only " + pages.keySet());
  }

  static Crawl of(RunningShop shop, Browser browser) {
    return new Crawl(shop, browser);
  }

  /** What was found, by its address. */
  Map<String, Response> pages() {
    return pages;
  }

  /** The forms of all pages, one of each kind. */
  List<Form> forms() {
    Map<String, Form> forms = new LinkedHashMap<>();
    pages.values()
        .forEach(page -> Form.of(page)
            .forEach(form -> forms.putIfAbsent(kind(form.action()) + form.fields().keySet(),
                form)));
    return new ArrayList<>(forms.values());
  }

  /** Whether a route is one of pages that can be asked for as it stands. */
  private static boolean isPage(Route route) {
    String pattern = route.pattern();
    return !pattern.contains(":") && !pattern.contains("*") && !pattern.contains("live") && !pattern.startsWith(
        "/assets/") && !pattern.equals("/readyz");
  }

  private static List<String> links(Response page) {
    List<String> links = new ArrayList<>();
    if (page.header("Content-Type").orElse("").startsWith("text/html")) {
      Matcher link = LINK.matcher(page.text());
      while (link.find()) {
        String target = Form.plain(link.group(1));
        if (!target.startsWith("//") && !target.startsWith("/assets/")) {
          links.add(target);
        }
      }
    }
    page.header("Location").filter(target -> target.startsWith("/")).ifPresent(links::add);
    return links;
  }

  private static String kind(String target) {
    return VALUE.matcher(NUMBER.matcher(target).replaceAll("#")).replaceAll("=");
  }
}
