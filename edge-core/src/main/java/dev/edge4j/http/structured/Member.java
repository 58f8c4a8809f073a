package dev.edge4j.http.structured;

import java.util.Map;

/** What a list or a dictionary holds (RFC 9651 sections 3.1 and 3.2). */
public sealed interface Member permits Item, InnerList {
  /** What is said about it, in order. */
  Map<String, Bare> parameters();
}
