package dev.edge4j.middleware.waf;

/**
 * What one rule found in one place. It says nothing of the value that it was found in, which may be anybody's password.
 *
 * @param rule the number of the rule, {@link Rule#id}
 * @param severity what it adds to the score
 * @param what what the rule looks for
 * @param place where it was found
 */
public record Finding(int rule, Severity severity, String what, Place place) {
  /** As in a log: {@code 942100 query "id"}. */
  @Override
  public String toString() {
    return rule + " " + place;
  }
}
