package dev.edge4j.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table and the requests it is asked, over and over, in one order. The first seven are Hono's, one request each, in its order. */
public enum Workload {
  SHORT_STATIC("short static", 0),
  STATIC_SAME_RADIX("static with same radix", 1),
  DYNAMIC("dynamic route", 2),
  MIXED("mixed static dynamic", 3),
  POST("post", 4),
  LONG_STATIC("long static", 5),
  WILDCARD("wildcard", 6),
  SEVEN("the seven together"),
  /** A route is added that could answer some of the seven if others did not come first. */
  SIBLING("the seven, `/user/:x` added"),
  /** What the size of the table alone costs. */
  CROWDED("the seven, 200 routes added"),
  /** Each route of a realistic API once. */
  SHOP("200 routes, one request each"),
  /** For the count of bytes. */
  STATIC("the three static");

  static final List<Workload> TIMED = List.of(SHORT_STATIC, STATIC_SAME_RADIX, DYNAMIC, MIXED, POST, LONG_STATIC,
      WILDCARD,
      SEVEN, SIBLING, CROWDED, SHOP);
  static final List<Workload> COUNTED = List.of(STATIC, SEVEN, SHOP);
  /** Through the whole pipeline: a static route and one with a parameter. */
  static final List<Workload> WHOLE = List.of(SHORT_STATIC, MIXED);

  private static final Line AMBIGUOUS = new Line("GET", "/user/:x", Optional.empty());
  /** Relatively prime to 200: neighbours in the file, which share a prefix, are not asked one after the other. */
  private static final int STRIDE = 37;

  private final String title;
  private final int request;

  Workload(String title) {
    this(title, -1);
  }

  /** @param request the only one that is asked, of those that Hono's table has */
  Workload(String title, int request) {
    this.title = title;
    this.request = request;
  }

  String title() {
    return title;
  }

  /** The table, in order of registration. */
  List<Line> routes() {
    List<Line> hono = Line.of("hono.routes");
    return switch (this) {
      case SIBLING -> Stream.concat(hono.stream(), Stream.of(AMBIGUOUS)).toList();
      case CROWDED -> Stream.concat(hono.stream(), Line.of("shop.routes").stream()).toList();
      case SHOP -> Line.of("shop.routes");
      default -> hono;
    };
  }

  /** Whom of Node it is put to: Hono's default only where it may differ from the router that it prefers. */
  List<Subject> nodeSubjects() {
    return switch (this) {
      case SEVEN, SIBLING, CROWDED, SHOP -> List.of(Subject.REG_EXP, Subject.FIND_MY_WAY, Subject.SMART);
      default -> List.of(Subject.REG_EXP, Subject.FIND_MY_WAY);
    };
  }

  /** The requests: lines that have a path. */
  List<Line> requests() {
    List<Line> asked = routes().stream().filter(line -> line.path().isPresent()).toList();
    return switch (this) {
      case SHOP -> IntStream.range(0, asked.size()).mapToObj(i -> asked.get(i * STRIDE % asked.size())).toList();
      case SEVEN, SIBLING, CROWDED -> asked.subList(0, 7);
      case STATIC -> asked.stream().filter(line -> line.path().equals(Optional.of(line.pattern()))).toList();
      default -> List.of(asked.get(request));
    };
  }
}
