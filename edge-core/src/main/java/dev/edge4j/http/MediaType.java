package dev.edge4j.http;

import java.util.Locale;

/** Media types as they stand in {@code Content-Type}. */
public final class MediaType {
  public static final String JSON = "application/json";
  public static final String PROBLEM_JSON = "application/problem+json";
  public static final String FORM = "application/x-www-form-urlencoded";
  public static final String HTML = "text/html; charset=utf-8";
  public static final String TEXT = "text/plain; charset=utf-8";
  public static final String CSS = "text/css; charset=utf-8";
  public static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  public static final String SVG = "image/svg+xml";
  public static final String EVENT_STREAM = "text/event-stream";

  private MediaType() {}

  /** The type without its parameters, in lower case: {@code text/html} of {@code Text/HTML; charset=utf-8}. */
  public static String essence(String value) {
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** True for {@code application/json} and every {@code +json} type. */
  public static boolean isJson(String value) {
    String essence = essence(value);
    return essence.equals(JSON) || essence.endsWith("+json");
  }
}
