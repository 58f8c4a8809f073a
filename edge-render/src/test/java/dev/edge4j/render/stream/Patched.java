package dev.edge4j.render.stream;

/** A streamed page as the browser has it in the end. */
final class Patched {
  private static final String TEMPLATE = "<template for=\"";
  private static final String END = "</template>\n";

  private Patched() {}

  /** Applies the patches in the order in which they came; fails for one without its place, and for a place without its patch. */
  static String of(String streamed) {
    String page = streamed.replaceFirst("<script async src=\"/_edge4j/late-[\\w-]+\\.js\"></script>", "");
    int at = page.indexOf(TEMPLATE);
    while (at >= 0) {
      int name = at + TEMPLATE.length();
      int quote = page.indexOf("\">", name);
      int end = page.indexOf(END, quote);
      page = applied(page.substring(0, at) + page.substring(end + END.length()), page.substring(name, quote), page
          .substring(quote
              + 2, end));
      at = page.indexOf(TEMPLATE);
    }
    if (page.contains("<?")) {
      throw new AssertionError("a place without its patch: " + page);
    }
    return page;
  }

  private static String applied(String page, String name, String html) {
    String start = "<?start name=\"" + name + "\">";
    String end = "<?end name=\"" + name + "\">";
    int from = page.indexOf(start);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new AssertionError("no place for the patch " + name + " in " + page);
    }
    return page.substring(0, from) + html + page.substring(to + end.length());
  }
}
