package dev.edge4j.middleware.waf;

/** What is wrong with a request apart from what it says, as rules of the family 920 of the Core Rule Set; the numbers are our own. */
enum Anomaly {
  CONTENT_TYPE(920100, Severity.CRITICAL, "a Content-Type that is none, or two of them"),
  LONG_HEADER(920200, Severity.ERROR, "a header field of more than 8192 characters"),
  MANY_ARGUMENTS(920210, Severity.CRITICAL, "more than 512 arguments"),
  LONG_NAME(920220, Severity.WARNING, "an argument's name of more than 256 characters"),
  NUL(920230, Severity.CRITICAL, "NUL in an argument"),
  CONTROL(920240, Severity.WARNING, "control characters in an argument"),
  NOT_UTF8(920250, Severity.NOTICE, "an argument that is not UTF-8"),
  OVERLONG(920251, Severity.CRITICAL, "over-long UTF-8 in the query"),
  TOO_MUCH(920300, Severity.CRITICAL, "more that looks like attacks than is looked at"),
  NOT_TEXT(920310, Severity.CRITICAL, "a body of JSON that holds NUL");

  private final int id;
  private final Severity severity;
  private final String what;

  Anomaly(int id, Severity severity, String what) {
    this.id = id;
    this.severity = severity;
    this.what = what;
  }

  int id() {
    return id;
  }

  Severity severity() {
    return severity;
  }

  String what() {
    return what;
  }
}
