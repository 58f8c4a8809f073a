package dev.edge4j.middleware.waf;

/** How much a finding adds to the score of a request; the figures are those of the OWASP Core Rule Set 4. */
public enum Severity {
  /** An attack by itself: 5, which is the usual threshold. */
  CRITICAL(5),
  /** Hardly ever harmless: 4. */
  ERROR(4),
  /** Harmless in some places, code for example: 3. Two of them are no accident. */
  WARNING(3),
  /** Odd: 2. */
  NOTICE(2);

  private final int score;

  Severity(int score) {
    this.score = score;
  }

  public int score() {
    return score;
  }
}
