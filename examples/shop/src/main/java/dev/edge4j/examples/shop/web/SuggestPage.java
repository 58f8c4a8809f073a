package dev.edge4j.examples.shop.web;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.text.Typed;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What may be meant by what is being typed: kinds first, then products. A fragment of HTML for the search field, JSON for programs. It depends on
 * nobody, so shared caches may keep it.
 */
final class SuggestPage {
  private static final int PRODUCTS = 6;
  private static final int KINDS = 2;
  private static final int MAX_WORDS = 60;

  /** The model of the fragment. */
  record Model(String query, boolean none, List<Suggestion> suggestions) {}

  /**
   * Something that may be meant.
   *
   * @param note where it stands
   * @param id of its option in the list
   */
  record Suggestion(String id, String url, String title, String note, String picture) {}

  private final Catalogue catalogue;

  SuggestPage(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  Response answer(Context c) throws Exception {
    String query = Typed.withoutControls(c.query("q").orElse(""));
    if (query.length() > MAX_WORDS) {
      throw new BadRequest("q", "must be at most " + MAX_WORDS + " characters");
    }
    List<Suggestion> found = query.isEmpty() ? List.of() : c.timed("catalog", () -> suggestions(query));
    var model = new Model(query, found.isEmpty() && !query.isEmpty(), found);
    boolean html = c.accepts(MediaType.HTML, MediaType.JSON).orElse(MediaType.JSON).equals(MediaType.HTML);
    Response response = html ? c.render("suggest", model) : c.json(model);
    return response.withHeader("Cache-Control", "public, max-age=60").withHeader("Vary", "Accept");
  }

  private List<Suggestion> suggestions(String query) {
    List<Suggestion> all = new ArrayList<>(kinds(query.toLowerCase(Locale.ROOT)));
    for (Product product : catalogue.suggest(query, PRODUCTS).value()) {
      String shelf = Category.find(product.category()).map(Category::title).orElse("");
      all.add(new Suggestion("option-" + all.size(), "/products/" + product.id(), product.name(), shelf, product
          .pictureUrl()));
    }
    return all;
  }

  private static List<Suggestion> kinds(String typed) {
    List<Suggestion> kinds = new ArrayList<>();
    Arrays.stream(Category.values())
        .flatMap(category -> category.kinds()
            .stream()
            .filter(kind -> begins(kind.title(), typed))
            .map(kind -> new Suggestion("", "/products?category=" + category.slug() + "&kind=" + encoded(kind.slug()),
                kind.title(), "All in " + category.title(), kind.picture())))
        .limit(KINDS)
        .forEach(kind -> kinds.add(new Suggestion("option-" + kinds.size(), kind.url(), kind.title(), kind.note(), kind
            .picture())));
    return kinds;
  }

  /** True if one of the words of the title begins so. */
  private static boolean begins(String title, String typed) {
    return typed.length() > 1 && (" " + title.toLowerCase(Locale.ROOT)).contains(" " + typed);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
