package dev.edge4j.render.html;

import dev.edge4j.http.MediaType;

/** The language a template is written in, by what its name ends with: {@code feed.xml} is XML, {@code product.md} Markdown. */
public enum Format {
  HTML(MediaType.HTML), XML("application/xml; charset=utf-8"), TEXT(MediaType.TEXT), MARKDOWN(
      "text/markdown; charset=utf-8");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The format of a template by its name; HTML where the name does not say. */
  public static Format of(String template) {
    String file = template.substring(template.lastIndexOf('/') + 1);
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "xml" -> XML;
      case "txt" -> TEXT;
      case "md" -> MARKDOWN;
      default -> HTML;
    };
  }

  /** For {@code Content-Type}. */
  public String mediaType() {
    return mediaType;
  }

  /** Where a document begins. */
  public State start(Rules rules) {
    return switch (this) {
      case HTML -> HtmlState.start(rules);
      case XML -> PlainState.XML;
      case TEXT -> PlainState.TEXT;
      case MARKDOWN -> MarkdownState.START;
    };
  }
}
