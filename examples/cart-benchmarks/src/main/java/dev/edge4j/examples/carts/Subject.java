package dev.edge4j.examples.carts;

/** Who takes part; all are compared with the first. */
enum Subject {
  EDGE_4("edge", 4, "Edge4J, 4 files"),
  PEKKO_1("pekko", 1, "Pekko, 1 journal"),
  PEKKO_4("pekko", 4, "Pekko, 4 journals"),
  EDGE_1("edge", 1, "Edge4J, 1 file");

  private final String kind;
  private final int files;
  private final String title;

  Subject(String kind, int files, String title) {
    this.kind = kind;
    this.files = files;
    this.title = title;
  }

  /** What a {@link CartProcess} knows it by. */
  String kind() {
    return kind;
  }

  /** Over how many SQLite files its carts are spread. */
  int files() {
    return files;
  }

  String title() {
    return title;
  }
}
