package dev.edge4j.render.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.render.script.Script;
import dev.edge4j.render.template.Node;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which template names which, as written: for versions, and for what is only ever a part of others. Confined to the start. */
final class Links {
  /** Counts up with every change of how templates are rendered: it goes into the versions, for the same sources are then other pages. */
  private static final String RENDERING = "edge4j pages 1\0";
  private static final int VERSION_BYTES = 8;

  private final Library library;
  private final Map<String, String> sources;
  private final Map<String, Set<String>> targets = new TreeMap<>();

  Links(Library library, Map<String, String> sources) {
    this.library = library;
    this.sources = sources;
  }

  void collect(String template, List<Node> nodes) {
    Set<String> named = targets.computeIfAbsent(template, _ -> new TreeSet<>());
    for (Node node : nodes) {
      switch (node) {
        case Node.Partial partial -> add(named, node, partial.target());
        case Node.Layout layout -> {
          add(named, node, layout.target());
          layout.blocks().values().forEach(block -> collect(template, block.body()));
        }
        case Node.Section section -> collect(template, section.body());
        case Node.Block block -> collect(template, block.body());
        case Node.Text _,Node.Variable _ -> {
        }
      }
    }
  }

  private void add(Set<String> named, Node node, Node.TemplateRef target) {
    if (!target.dynamic()) {
      String template = library.resolve(node.place(), target.name());
      if (!template.isEmpty()) {
        named.add(template);
      }
    }
  }

  Collection<String> targets() {
    Set<String> all = new TreeSet<>();
    targets.values().forEach(all::addAll);
    return all;
  }

  /**
   * A hash of the sources of a template and of all it includes, of the addresses of assets in them and of our scripts': a page of that version
   * names no file that another page of it does not.
   */
  String version(String template, SortedSet<String> addresses) {
    Set<String> all = new TreeSet<>();
    reach(template, all);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(RENDERING.getBytes(UTF_8));
      Script.all().forEach(script -> digest.update((script.path() + "\0").getBytes(UTF_8)));
      for (String name : all) {
        digest.update((name + "\0" + sources.get(name) + "\0").getBytes(UTF_8));
      }
      addresses.forEach(address -> digest.update((address + "\0").getBytes(UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private void reach(String template, Set<String> all) {
    if (all.add(template)) {
      targets.getOrDefault(template, Set.of()).forEach(target -> reach(target, all));
    }
  }
}
