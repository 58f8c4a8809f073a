package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.NotFound;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.CatalogueUnavailable;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.catalogue.Facets;
import dev.edge4j.examples.shop.catalogue.Listing;
import dev.edge4j.examples.shop.catalogue.Page;
import dev.edge4j.examples.shop.catalogue.Sort;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.http.Response;
import dev.edge4j.render.head.Head;
import dev.edge4j.render.head.HeadLink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list of products, all of whose state is in its address: what is chosen, the order, the page. */
final class ListPage {
  private static final int AROUND = 2;

  /** The model of the page. */
  record Model(Frame frame, String heading, String line, List<Link> crumbs, boolean hasFilters, List<Filters> filters,
      List<Link> chosen, boolean anyChosen, String clear, List<Link> sorts, boolean empty, List<Tile> tiles,
      boolean several, List<PageLink> numbers, Optional<String> previous, Optional<String> next) {}

  /** A numbered page; without an address where some are left out. */
  record PageLink(Optional<String> url, String number, boolean current) {}

  private final Catalogue catalogue;
  private final Frames frames;

  ListPage(Catalogue catalogue, Frames frames) {
    this.catalogue = catalogue;
    this.frames = frames;
  }

  Response page(Context c) throws Exception {
    Listing listing = Listing.of(c);
    if (hasLeftovers(c)) {
      return frames.redirect(c, ListUrl.of(listing));
    }
    Answer<Page> found = Degraded.of(c).told(c.timed("catalog", () -> catalogue.page(listing)));
    Page page = found.value();
    if (page.products().isEmpty() && listing.page() > 1) {
      throw new NotFound("this list ends with page " + page.pages());
    }
    Optional<Facets> facets = c.timed("facets", () -> facets(c, listing));
    var headings = new Headings(listing);
    String line = headings.line(page.total());
    Optional<String> previous = listing.page() > 1
        ? Optional.of(ListUrl.of(listing.at(listing.page() - 1)))
        : Optional.empty();
    Optional<String> next = listing.page() < page.pages() ? Optional.of(ListUrl.of(listing.at(listing.page() + 1)))
        : Optional.empty();
    var choices = new Choices(listing, frames.prices(c));
    List<Link> crumbs = headings.way()
        .stream()
        .map(crumb -> new Link(crumb.path(), crumb.title(), false))
        .toList();
    Frame frame = frames.frame(c, headings.title(), line)
        .with(head -> about(head, headings, page, previous, next));
    var model = new Model(frame, headings.title(), line, crumbs
        .subList(0, crumbs.size() - 1), facets.isPresent(), facets.map(choices::filters).stream().toList(), choices
            .chosen(),
        listing.isNarrowed(), ListUrl.of(listing.cleared()), sorts(listing), page.products().isEmpty(), Tile.all(page
            .products(), frames.prices(c)), page.pages() > 1, numbers(listing, page.pages()), previous, next);
    return ServedFrom.on(frames.twin(c, "list", model), found);
  }

  /** What a list says of itself; one that somebody narrowed or searched for is left out of indexes. */
  private static Head about(Head plain, Headings headings, Page page, Optional<String> previous,
      Optional<String> next) {
    Listing listing = headings.listing();
    Head head = Frames.at(plain, ListUrl.canonical(listing))
        .jsonLd(Facts.crumbs(headings.way()))
        .jsonLd(Facts.list(headings.title(), page.products()));
    if (listing.isNarrowed() || !listing.words().isEmpty()) {
      head = head.robots("noindex", "follow");
    }
    if (!page.products().isEmpty()) {
      head = head.image(page.products().getFirst().pictureUrl(), headings.title());
    }
    head = previous.isEmpty() ? head : head.link(HeadLink.of("prev", previous.get()));
    return next.isEmpty() ? head : head.link(HeadLink.of("next", next.get()));
  }

  /** A list can be shown without its filters. */
  private Optional<Facets> facets(Context c, Listing listing) {
    try {
      return Optional.of(Degraded.of(c).told(catalogue.facets(listing)).value());
    } catch (CatalogueUnavailable e) {
      Degraded.of(c).tell("facets", "We cannot count what is on the shelves just now.");
      return Optional.empty();
    }
  }

  /** True if the address was made by a form, which sends fields that nobody filled in, the currency that is meant without it, and a material for each tick. */
  private static boolean hasLeftovers(Context c) {
    return c.query().toMap().entrySet().stream().anyMatch(each -> each.getValue().isEmpty() && !each.getKey().isEmpty())
        || c.query("currency").orElse("").equals("USD") || c.query().all("material").size() > 1;
  }

  private static List<Link> sorts(Listing listing) {
    return Arrays.stream(Sort.values())
        .filter(sort -> sort != Sort.RELEVANCE || !listing.words().isEmpty())
        .map(sort -> new Link(ListUrl.of(listing.by(sort)), sort.title(), sort == listing.sort()))
        .toList();
  }

  /** The first, the last, and those around this one. */
  private static List<PageLink> numbers(Listing listing, int pages) {
    List<PageLink> numbers = new ArrayList<>();
    int last = 0;
    for (int page = 1; page <= pages; page++) {
      if (page == 1 || page == pages || Math.abs(page - listing.page()) <= AROUND) {
        if (page > last + 1) {
          numbers.add(new PageLink(Optional.empty(), "…", false));
        }
        numbers.add(new PageLink(Optional.of(ListUrl.of(listing.at(page))), String.valueOf(page), page == listing
            .page()));
        last = page;
      }
    }
    return numbers;
  }

  /** What a list is called. */
  private record Headings(Listing listing) {
    private Optional<Category> category() {
      return listing.category().flatMap(Category::find);
    }

    private Optional<Category.Kind> kind() {
      return category().flatMap(category -> listing.kind().flatMap(category::kind));
    }

    String title() {
      if (!listing.words().isEmpty()) {
        return "Results for “" + listing.words() + "”";
      }
      return kind().map(Category.Kind::title).or(() -> category().map(Category::title)).orElse("All products");
    }

    String line(long total) {
      String products = total == 1 ? "1 product" : total + " products";
      if (!listing.words().isEmpty()) {
        return total >= Listing.MOST_FOUND ? products + " or more, the best first." : products + ".";
      }
      return category().map(Category::line).orElse("Everything on eight shelves.") + " " + products + ".";
    }

    List<Crumb> way() {
      List<Crumb> way = new ArrayList<>(List.of(new Crumb("Shop", "/"), new Crumb("All products",
          "/products")));
      Listing all = Listing.newest(Optional.empty());
      category().ifPresent(category -> way.add(new Crumb(category.title(), ListUrl.of(all.on(listing.category(),
          Optional.empty())))));
      kind().ifPresent(kind -> way.add(new Crumb(kind.title(), ListUrl.of(all.on(listing.category(), listing
          .kind())))));
      if (!listing.words().isEmpty()) {
        way.add(new Crumb(title(), ListUrl.canonical(listing)));
      }
      return way;
    }
  }

  /** Kept for who reads the parameters of a form again. */
  static Map<String, String> hidden(Listing listing) {
    Map<String, String> hidden = ListUrl.parameters(listing);
    hidden.keySet().removeAll(List.of("min", "max", "currency", "page"));
    return hidden;
  }
}
