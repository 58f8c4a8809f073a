package dev.edge4j.routing;

import dev.edge4j.routing.ReferenceMatcher.Answer;
import dev.edge4j.routing.ReferenceMatcher.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads files of route tables with requests and their expected answers. */
final class RouterCases {
  static final String PROBES = "router-probes.json";
  static final String SUITE = "hono-router-suite.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** One request to one table. */
  record Case(String file, String table, List<Rule> rules, String method, String path, List<Answer> expect) {
    @Override
    public String toString() {
      return table + " | " + method + " " + path;
    }
  }

  /** A request on which we mean something else than the file, or refuse the table: no answers then. */
  record Difference(String shape, String file, String table, String method, String path, Optional<List<Answer>> ours) {
    boolean isAbout(Case request) {
      return file.equals(request.file()) && table.equals(request.table()) && method.equals(request.method())
          && path.equals(request.path());
    }
  }

  /** A shape of pattern that means something else to us, why, and the requests where it shows. */
  record Shape(String name, String reason, List<Difference> differences) {}

  private RouterCases() {}

  static List<Case> probes() throws Exception {
    return read(PROBES, resource(PROBES));
  }

  /** The recorded suite, which is read in place and not part of this project; empty if it is not there. */
  static Optional<List<Case>> suite() throws Exception {
    Path house = Path.of(System.getProperty("edge4j.house", "")).toAbsolutePath();
    for (Path place = house; place != null; place = place.getParent()) {
      Path file = place.resolve("shared/cases").resolve(SUITE);
      if (Files.exists(file)) {
        return Optional.of(read(SUITE, JSON.readTree(file.toFile())));
      }
    }
    return Optional.empty();
  }

  static List<Shape> shapes() throws Exception {
    return each(resource("router-differences.json")).map(node -> new Shape(text(node, "shape"), text(node, "reason"),
        each(node.get("differences")).map(each -> difference(text(node, "shape"), each)).toList())).toList();
  }

  private static Difference difference(String shape, JsonNode node) {
    boolean refused = node.has("refused");
    return new Difference(shape, text(node, "file"), text(node, "table"), text(node, "method"), text(node, "path"),
        refused ? Optional.empty() : Optional.of(answers(node.get("ours"))));
  }

  private static JsonNode resource(String name) throws Exception {
    try (var in = RouterCases.class.getResourceAsStream("/routing/" + name)) {
      return JSON.readTree(in);
    }
  }

  private static List<Case> read(String file, JsonNode root) {
    return each(root.get("cases")).flatMap(table -> {
      List<Rule> rules = each(table.get("routes")).map(RouterCases::rule).toList();
      return each(table.get("requests")).map(request -> new Case(file, text(table, "name"), rules,
          text(request, "method"), text(request, "path"), answers(request.get("expect"))));
    }).toList();
  }

  private static Rule rule(JsonNode route) {
    String method = route.get(0).asString();
    return new Rule(method.equals("ALL") ? RouteTable.ANY : method, route.get(1).asString(), route.get(2).asString());
  }

  private static List<Answer> answers(JsonNode list) {
    return each(list).map(node -> new Answer(text(node, "handler"), params(node.get("params")))).toList();
  }

  private static Map<String, String> params(JsonNode node) {
    return node.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asString()));
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asString();
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
