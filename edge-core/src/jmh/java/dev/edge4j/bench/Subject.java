package dev.edge4j.bench;

/** Who is measured. */
enum Subject {
  FLOOR("floor"), EDGE4J("edge4j"), REG_EXP("RegExpRouter"), FIND_MY_WAY("find-my-way"),
  /** What a Hono application has if nothing else is asked for: the one above, and a tree where that one refuses the table. */
  SMART("SmartRouter");

  private final String title;

  Subject(String title) {
    this.title = title;
  }

  /** The name of the benchmark method, or of the router in {@code routers.mjs}. */
  String title() {
    return title;
  }
}
