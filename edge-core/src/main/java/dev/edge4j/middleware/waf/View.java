package dev.edge4j.middleware.waf;

/**
 * What a rule sees of a value. All views are in lower case; escapes (percent escapes, HTML's references, JavaScript's) are decoded, twice where they are
 * nested; full-width forms are the plain ones, NUL is left out, and any white space is a single space.
 */
public enum View {
  /** No more than that. */
  PLAIN,
  /** Comments are a space; those that MySQL runs, {@code /*!50000 ... *}{@code /}, are what they hold. */
  SQL,
  /** Without the quotes, backslashes and carets that a shell takes out of a word; {@code ${IFS}} is a space. */
  SHELL
}
