package dev.edge4j.render.dev;

import dev.edge4j.render.TemplateException;
import dev.edge4j.render.template.Place;
import dev.edge4j.render.template.TemplateName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way from a page to a template that it includes, the shortest of several. It goes by the tags of the sources, so it tells a tag in a comment from one that is none. */
final class Includes {
  private static final Pattern TAG = Pattern.compile("\\{\\{\\s*([><])\\s*([^\\s}*]+)\\s*}}");
  private static final Pattern COMMENT = Pattern.compile("\\{\\{![^}]*}}");

  /** A tag that includes. */
  private record Step(Place place, String kind, String target) {}

  private final Function<String, Optional<String>> sources;

  /** Over templates whose source that function knows. */
  Includes(Function<String, Optional<String>> sources) {
    this.sources = sources;
  }

  /** A line for each tag on the way: {@code product:1:1 <layout}. Empty if they are the same, or there is no way. */
  List<String> way(String page, String template) {
    Map<String, Step> reachedBy = new HashMap<>();
    Set<String> known = new HashSet<>(Set.of(page));
    Deque<String> waiting = new ArrayDeque<>(List.of(page));
    while (!waiting.isEmpty() && !reachedBy.containsKey(template)) {
      for (Step step : steps(waiting.removeFirst())) {
        if (known.add(step.target)) {
          reachedBy.put(step.target, step);
          waiting.addLast(step.target);
        }
      }
    }
    List<String> way = new ArrayList<>();
    for (Step step = reachedBy.get(template); step != null; step = reachedBy.get(step.place.template())) {
      way.addFirst(step.place.template() + ":" + step.place.line() + ":" + step.place.column() + " {{" + step.kind
          + step.target + "}}");
    }
    return way;
  }

  private List<Step> steps(String template) {
    String source = sources.apply(template).orElse("");
    String plain = COMMENT.matcher(source).replaceAll(match -> match.group().replaceAll("[^\n]", " "));
    List<Step> steps = new ArrayList<>();
    for (Matcher tag = TAG.matcher(plain); tag.find();) {
      String before = plain.substring(0, tag.start());
      Place place = new Place(template, (int) before.chars().filter(c -> c == '\n').count() + 1, before.length()
          - before.lastIndexOf('\n'));
      try {
        steps.add(new Step(place, tag.group(1), TemplateName.resolve(place, tag.group(2))));
      } catch (TemplateException leadsNowhere) {
        // It is another error than the one that is shown.
      }
    }
    return steps;
  }
}
