package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Which products are asked for.
 *
 * @param category a {@link Category#slug}; absent for all
 * @param words part of a name; empty for all
 * @param page from 1
 */
public record Listing(Optional<String> category, String words, Sort sort, int page) {
  /** Products on a page. */
  public static final int LIMIT = 20;

  private static final int MAX_PAGE = 10_000;
  private static final int MAX_WORDS = 60;

  /** Reads {@code ?category=&q=&sort=&page=}; throws {@link BadRequest} naming what is wrong. */
  public static Listing of(Context c) {
    Optional<String> category = c.query("category").text().filter(slug -> !slug.isEmpty());
    if (category.isPresent() && category.flatMap(Category::find).isEmpty()) {
      throw new BadRequest("category", "is not one of " + names(Category.values()));
    }
    String slug = c.query("sort").orElse(Sort.NEWEST.slug());
    Sort sort = Sort.find(slug).orElseThrow(() -> new BadRequest("sort", "is not one of " + names(Sort.values())));
    int page = c.query("page").asInt(1);
    if (page < 1 || page > MAX_PAGE) {
      throw new BadRequest("page", "must be 1 to " + MAX_PAGE);
    }
    String words = c.query("q").orElse("").strip();
    if (words.length() > MAX_WORDS) {
      throw new BadRequest("q", "must be at most " + MAX_WORDS + " characters");
    }
    return new Listing(category, words, sort, page);
  }

  /** The first page of a category, newest first. */
  public static Listing newest(Optional<String> category) {
    return new Listing(category, "", Sort.NEWEST, 1);
  }

  /** For LIKE, with its wildcards escaped by a backslash. */
  String pattern() {
    return "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  /** The key under which its page is cached. */
  String key() {
    return category.orElse("") + "|" + sort.slug() + "|" + page + "|" + words;
  }

  private static String names(Enum<?>[] constants) {
    return String.join(", ", Arrays.stream(constants).map(each -> each.name().toLowerCase(Locale.ROOT)).toList());
  }
}
