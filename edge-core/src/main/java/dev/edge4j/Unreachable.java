package dev.edge4j;

/** What becomes of an application in which some route can never answer, because another one is always there before it. */
public enum Unreachable {
  /** A warning in the log for each, at start. */
  WARN,
  /** It does not start: {@link IllegalStateException}, naming all of them. */
  FAIL
}
