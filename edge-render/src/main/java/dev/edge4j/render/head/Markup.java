package dev.edge4j.render.head;

/** Writes elements of a head: values in double quotes, escaped; the names are ours. */
final class Markup {
  private final StringBuilder html = new StringBuilder(1024);

  /** An element without content, given names and values of its attributes in turn; an attribute whose value is empty is left out. */
  Markup element(String name, String... attributes) {
    html.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      if (!attributes[i + 1].isEmpty()) {
        html.append(' ').append(attributes[i]).append("=\"");
        escape(attributes[i + 1]);
        html.append('"');
      }
    }
    html.append(">\n");
    return this;
  }

  /** The title, whose content is text in which no element begins. */
  Markup title(String text) {
    html.append("<title>");
    escape(text);
    html.append("</title>\n");
    return this;
  }

  /** A block of data, whose text has been made so that nothing in it ends the element. */
  Markup data(String type, String text) {
    html.append("<script type=\"").append(type).append("\">").append(text).append("</script>\n");
    return this;
  }

  /** What has a meaning in text or in a quoted value; NUL, which parsers read each in its way; a carriage return, which they drop. */
  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        case '\r' -> html.append("&#13;");
        case '\0' -> html.append('\uFFFD');
        default -> html.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
