package dev.edge4j.middleware.waf;

import java.util.List;

/**
 * What was found in one request.
 *
 * @param findings each rule once in each place, at most {@link #MAX_FINDINGS}
 * @param score the sum over the rules, each counted once with its heaviest finding
 * @param refused whether the request was answered 403
 */
public record Report(List<Finding> findings, int score, boolean refused) {
  /** How many findings are kept of one request. */
  public static final int MAX_FINDINGS = 32;

  /** Copies the list. */
  public Report {
    findings = List.copyOf(findings);
  }
}
