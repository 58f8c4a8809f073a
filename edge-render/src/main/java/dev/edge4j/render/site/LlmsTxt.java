package dev.edge4j.render.site;

import dev.edge4j.Handler;
import dev.edge4j.http.Response;
import dev.edge4j.render.head.Site;
import java.util.ArrayList;
import java.util.List;

/**
 * A site for programs that read ({@code llms.txt}, llmstxt.org): a heading, a summary, and sections of links, as Markdown. Names and texts are escaped, addresses
 * absolute. A section named {@code Optional} may be skipped by who has little room. Immutable.
 */
public final class LlmsTxt {
  private record Link(String name, String address, String note) {}

  private record Section(String name, List<Link> links) {}

  private final Site site;
  private final String summary;
  private final List<String> paragraphs;
  private final List<Section> sections;

  private LlmsTxt(Site site, String summary, List<String> paragraphs, List<Section> sections) {
    this.site = site;
    this.summary = summary;
    this.paragraphs = paragraphs;
    this.sections = sections;
  }

  /** That site's, in one or two sentences. */
  public static LlmsTxt of(Site site, String summary) {
    return new LlmsTxt(site, summary, List.of(), List.of());
  }

  /** A copy with a paragraph more, in front of the sections. */
  public LlmsTxt paragraph(String text) {
    List<String> more = new ArrayList<>(paragraphs);
    more.add(text);
    return new LlmsTxt(site, summary, List.copyOf(more), sections);
  }

  /** A copy with a section more, that the links after it are in. */
  public LlmsTxt section(String name) {
    List<Section> more = new ArrayList<>(sections);
    more.add(new Section(name, List.of()));
    return new LlmsTxt(site, summary, paragraphs, List.copyOf(more));
  }

  /** A copy with a link more in the last section, and what is to be found there; an empty note is left out. */
  public LlmsTxt link(String name, String address, String note) {
    if (sections.isEmpty()) {
      throw new IllegalStateException("link \"" + name + "\" outside of a section (expected: section(name) before it)");
    }
    Section last = sections.getLast();
    List<Link> links = new ArrayList<>(last.links());
    links.add(new Link(name, site.absolute(address), note));
    List<Section> more = new ArrayList<>(sections.subList(0, sections.size() - 1));
    more.add(new Section(last.name(), List.copyOf(links)));
    return new LlmsTxt(site, summary, paragraphs, List.copyOf(more));
  }

  /** The file. */
  public String text() {
    var text = new StringBuilder("# ").append(MarkdownText.escape(site.name())).append("\n\n> ");
    text.append(MarkdownText.escape(summary)).append('\n');
    paragraphs.forEach(paragraph -> text.append('\n').append(MarkdownText.escape(paragraph)).append('\n'));
    for (Section section : sections) {
      text.append("\n## ").append(MarkdownText.escape(section.name())).append("\n\n");
      for (Link link : section.links()) {
        text.append("- ").append(MarkdownText.link(site, link.name(), link.address()));
        text.append(link.note().isEmpty() ? "" : ": " + MarkdownText.escape(link.note())).append('\n');
      }
    }
    return text.toString();
  }

  /** Answers {@code /llms.txt}. */
  public Handler handler() {
    Response response = Response.text(200, text()).withHeader("Cache-Control", "public, max-age=3600");
    return _ -> response;
  }
}
