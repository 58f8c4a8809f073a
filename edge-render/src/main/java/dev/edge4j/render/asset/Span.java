package dev.edge4j.render.asset;

/** Where a reference stands in a text: from {@code start} to before {@code end}. */
record Span(int start, int end) {}
