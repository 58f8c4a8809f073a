package dev.edge4j.data.replica;

/** One value of a row as the origin sends it. */
sealed interface Cell {
  /** NULL. */
  record Null() implements Cell {
    static final Null NULL = new Null();
  }

  /** A large value (TOAST) that the change did not touch and that is therefore not sent. */
  record Unchanged() implements Cell {
    static final Unchanged UNCHANGED = new Unchanged();
  }

  /** PostgreSQL's text form. */
  record Text(String text) implements Cell {}
}
