package dev.edge4j.render.program;

import dev.edge4j.render.Hole;
import dev.edge4j.render.SafeHtml;
import dev.edge4j.render.model.Closest;
import dev.edge4j.render.model.ModelType;
import dev.edge4j.render.model.Shape;
import dev.edge4j.render.template.Name;
import dev.edge4j.render.template.Node;
import dev.edge4j.render.template.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a template, with all it includes, finds its names in models of a type. It walks as the {@link Assembler} does, with a stack of
 * types instead of a state. A type twice on the stack counts where it is innermost, so a template in itself comes to an end. Used once.
 */
final class ModelCheck {
  private record Visit(String template, Map<String, Node.Block> given, List<ModelType> types) {}

  private final Library library;
  private final String template;
  private final Set<Visit> visited = new HashSet<>();

  ModelCheck(Library library, String template) {
    this.library = library;
    this.template = template;
  }

  void check(Class<?> model) {
    include(template, Map.of(), List.of(ModelType.of(model).unwrapped()));
  }

  /** @param types from the innermost outwards */
  private void include(String name, Map<String, Node.Block> given, List<ModelType> types) {
    if (visited.add(new Visit(name, given, types))) {
      walk(library.nodes(name), given, types);
    }
  }

  private void walk(List<Node> nodes, Map<String, Node.Block> given, List<ModelType> types) {
    for (Node node : nodes) {
      switch (node) {
        case Node.Variable variable when !library.isReserved(variable.name()) -> variable(variable, types);
        case Node.Section section when !library.isReserved(section.name()) -> section(section, given, types);
        case Node.Partial partial -> target(partial.place(), partial.target(), given, types);
        case Node.Layout layout -> {
          Map<String, Node.Block> more = new HashMap<>(layout.blocks());
          more.putAll(given);
          target(layout.place(), layout.target(), more, types);
        }
        case Node.Block block -> walk(given.getOrDefault(block.name(), block).body(), given, types);
        case Node.Text _,Node.Variable _,Node.Section _ -> {
        }
      }
    }
  }

  private void target(Place place, Node.TemplateRef target, Map<String, Node.Block> given, List<ModelType> types) {
    String name = target.dynamic() ? "" : library.resolve(place, target.name());
    if (!name.isEmpty()) {
      include(name, given, types);
    }
  }

  private void variable(Node.Variable variable, List<ModelType> types) {
    ModelType type = find(variable.place(), variable.name(), types).unwrapped();
    requireValue(variable.place(), variable.name(), type);
    if (!variable.escaped() && type.isFinal() && type.raw() != SafeHtml.class) {
      throw variable.place()
          .error("\"%s\" is a %s, which {{{ }}} does not print (expected: SafeHtml, or {{%s}})"
              .formatted(variable.name(), type, variable.name()));
    }
  }

  private static void requireValue(Place place, Name name, ModelType type) {
    if (!type.isUnknown() && type.kind() == Shape.Kind.CODE) {
      throw place.error("\"%s\" is a %s (expected: a value; templates do not call functions or drain streams)"
          .formatted(name, type));
    }
  }

  private void section(Node.Section section, Map<String, Node.Block> given, List<ModelType> types) {
    ModelType type = find(section.place(), section.name(), types);
    requireValue(section.place(), section.name(), type);
    if (section.inverted()) {
      walk(section.body(), given, types);
      return;
    }
    List<ModelType> inside = new ArrayList<>(List.of(type.element()));
    if (type.raw() != Hole.class) {
      types.stream().filter(other -> !other.equals(inside.getFirst())).forEach(inside::add);
    }
    walk(section.body(), given, List.copyOf(inside));
  }

  private ModelType find(Place place, Name name, List<ModelType> types) {
    if (name.parts().isEmpty()) {
      return types.getFirst();
    }
    ModelType first = first(place, name, types);
    ModelType found = first;
    for (String part : name.parts().subList(1, name.parts().size())) {
      ModelType holder = found.unwrapped();
      switch (holder.member(part)) {
        case ModelType.Found.Member(var type) -> found = type;
        case ModelType.Found.Perhaps _ -> {
          return ModelType.UNKNOWN;
        }
        case ModelType.Found.Nowhere _ -> throw place.error("unknown name \"%s\": no \"%s\" in %s%s%s".formatted(name,
            part, holder,
            Closest.hint(part, holder.names()), model()));
      }
    }
    return found;
  }

  private ModelType first(Place place, Name name, List<ModelType> types) {
    String part = name.parts().getFirst();
    boolean perhaps = false;
    for (ModelType type : types) {
      switch (type.member(part)) {
        case ModelType.Found.Member(var found) -> {
          return perhaps ? ModelType.UNKNOWN : found;
        }
        case ModelType.Found.Perhaps _ -> perhaps = true;
        case ModelType.Found.Nowhere _ -> {
        }
      }
    }
    if (perhaps) {
      return ModelType.UNKNOWN;
    }
    Set<String> described = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (ModelType type : types) {
      described.add(type.toString());
      names.addAll(type.names());
    }
    throw place.error("unknown name \"%s\" in %s%s%s".formatted(name, String.join(", nor in ", described), Closest.hint(
        part, names),
        model()));
  }

  private String model() {
    return " in the model of template " + template;
  }
}
