package dev.edge4j.render.market;

import dev.edge4j.Context;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of several markets {@code Accept-Language} means. First the language of the pages, by lookup of RFC 4647 section 3.4: {@code de-AT} reads {@code de-AT}, then {@code de}. Then, among the
 * markets in that language, or among all if there is none, the place: what is asked for tells, the most welcome first, by its country ({@code ta-IN} is India's), by its script, or by being a
 * language of a market ({@code ja} is Japan's, where Japan's pages are English). Safe for use by many threads.
 */
final class Languages {
  /** A member that the JDK's parser takes. */
  private static final Pattern MEMBER = Pattern.compile(
      "(\\*|[a-z]{1,8}(?:-[a-z0-9]{1,8})*)(?:[ \t]*;[ \t]*q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?))?",
      Pattern.CASE_INSENSITIVE);
  /** No browser sends half as much; the parser takes time with the equivalents of each member. */
  private static final int MOST_MEMBERS = 20;
  /** The longest tag that RFC 5646 section 4.4.1 counts with, and a weight. */
  private static final int LONGEST_MEMBER = 35 + 12;

  /** The longest field whose answer is kept, in characters, and how many are: reading one takes 5 to 20 microseconds, and browsers send the same few. */
  private static final int LONGEST_KEPT = 100;
  private static final int MOST_KEPT = 500;

  private final List<Market> all;
  private final List<String> tags;
  private final Map<String, Optional<Market>> known = new ConcurrentHashMap<>();

  Languages(List<Market> markets) {
    this.all = List.copyOf(markets);
    this.tags = markets.stream()
        .map(Market::locale)
        .flatMap(locale -> Stream.of(locale.toLanguageTag().toLowerCase(Locale.ROOT), locale.getLanguage()))
        .distinct()
        .toList();
  }

  /** The first of these. */
  Market first() {
    return all.getFirst();
  }

  /** True if there is nothing to choose. */
  boolean isOne() {
    return all.size() == 1;
  }

  /** The market that the request asks for, if one of these; anything may stand in its field. */
  Optional<Market> find(Context c) {
    List<String> fields = c.headers().all("Accept-Language");
    String field = fields.isEmpty() ? "" : fields.getFirst();
    if (fields.size() > 1 || field.length() > LONGEST_KEPT) {
      return find(c, all);
    }
    Optional<Market> seen = known.get(field);
    if (seen != null) {
      return seen;
    }
    Optional<Market> found = find(c, all);
    if (known.size() >= MOST_KEPT) {
      known.clear(); // somebody makes them up; those of browsers come back
    }
    known.put(field, found);
    return found;
  }

  /** The same, if its pages are in a language that is asked for. */
  Optional<Market> findRead(Context c) {
    return find(c, List.of());
  }

  private Optional<Market> find(Context c, List<Market> unread) {
    List<LanguageRange> asked = asked(c);
    List<LanguageRange> refused = asked.stream().filter(range -> range.getWeight() == 0).toList();
    List<LanguageRange> welcome = asked.stream().filter(range -> range.getWeight() > 0).toList();
    List<Market> read = first(welcome, range -> language(range, refused)).map(this::in).orElse(List.of());
    List<Market> candidates = read.isEmpty() ? unread : read;
    return first(welcome, range -> place(range, candidates)).or(() -> read.stream().findFirst());
  }

  private static <T> Optional<T> first(List<LanguageRange> ranges, Function<LanguageRange, Optional<T>> meaning) {
    return ranges.stream().flatMap(range -> meaning.apply(range).stream()).findFirst();
  }

  /** The JDK adds the tags that mean the same ({@code iw} and {@code he}), and sorts by weight. It refuses the whole for one bad member, so those are left out here. */
  private static List<LanguageRange> asked(Context c) {
    String members = c.headers()
        .list("Accept-Language")
        .stream()
        .filter(member -> member.length() <= LONGEST_MEMBER)
        .map(MEMBER::matcher)
        .filter(Matcher::matches)
        .limit(MOST_MEMBERS)
        .map(member -> member.group(1) + ";q=" + Objects.requireNonNullElse(member.group(2), "1"))
        .collect(Collectors.joining(","));
    return members.isEmpty() ? List.of() : LanguageRange.parse(members);
  }

  private Optional<String> language(LanguageRange range, List<LanguageRange> refused) {
    List<LanguageRange> asked = new ArrayList<>(refused);
    asked.addFirst(range);
    return Optional.ofNullable(Locale.lookupTag(asked, tags)).map(tag -> Locale.forLanguageTag(tag).getLanguage());
  }

  private List<Market> in(String language) {
    return all.stream().filter(market -> market.locale().getLanguage().equals(language)).toList();
  }

  private static Optional<Market> place(LanguageRange range, List<Market> candidates) {
    Locale wanted = Locale.forLanguageTag(range.getRange());
    return the(candidates, !wanted.getCountry().isEmpty(), market -> market.country().equals(wanted.getCountry()))
        .or(() -> the(candidates, !wanted.getScript().isEmpty(), market -> market.locale()
            .getScript()
            .equals(wanted.getScript())))
        .or(() -> candidates.stream()
            .filter(market -> rank(market, wanted) >= 0)
            .min(Comparator.comparingInt(market -> rank(market, wanted))));
  }

  private static Optional<Market> the(List<Market> candidates, boolean told, Predicate<Market> wanted) {
    return told ? candidates.stream().filter(wanted).findFirst() : Optional.empty();
  }

  /** How much it is spoken there, 0 the most; -1 for another country's language. */
  private static int rank(Market market, Locale wanted) {
    List<Locale> spoken = market.languages().isEmpty() ? List.of(market.locale()) : market.languages();
    return spoken.stream().map(Locale::getLanguage).toList().indexOf(wanted.getLanguage());
  }
}
