package dev.edge4j.examples.benchmarks.servers;

import dev.edge4j.examples.benchmarks.work.Answers;
import dev.edge4j.examples.benchmarks.work.Page;
import dev.edge4j.examples.benchmarks.work.Table;
import dev.edge4j.examples.benchmarks.work.Waiting;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The routes as someone would write them who has no router: text compared, and a set for the 200. */
final class RawRoutes {
  private static final AsciiString TEXT = AsciiString.cached(Answers.TEXT);
  private static final AsciiString JSON = AsciiString.cached(Answers.JSON);
  private static final AsciiString HTML = AsciiString.cached(Answers.HTML);
  private static final String PRODUCT = "/product/";
  private static final Set<String> RESOURCES = Table.notes()
      .stream()
      .map(pattern -> pattern.substring(0, pattern.indexOf("/:")))
      .collect(Collectors.toSet());

  private RawRoutes() {}

  static byte[] answer(String target, byte[] body) {
    return switch (target) {
      case "/plaintext", "/mw5" -> Answers.plaintext();
      case "/json" -> Answers.json();
      case "/echo" -> body;
      case "/page" -> Page.render();
      case "/burn" -> Waiting.burn();
      case "/sleep5", "/socket" -> waiting(target);
      case "/cached/1k" -> Answers.kibibyte();
      case "/cached/10k" -> Answers.tenKibibytes();
      default -> target.startsWith(PRODUCT) ? product(target) : note(target);
    };
  }

  static AsciiString type(String target) {
    return target.equals("/json") || target.startsWith(PRODUCT) ? JSON : target.equals("/page") ? HTML : TEXT;
  }

  private static byte[] product(String target) {
    var query = new QueryStringDecoder(target);
    String currency = query.parameters().getOrDefault("currency", List.of("USD")).getFirst();
    return Answers.product(query.path().substring(PRODUCT.length()), currency);
  }

  private static byte[] note(String target) {
    int id = target.indexOf('/', "/api/".length());
    int notes = target.indexOf('/', id + 1);
    if (id < 0 || notes < 0 || !RESOURCES.contains(target.substring(0, id))) {
      throw new IllegalArgumentException("no route: " + target);
    }
    return Answers.note(target.substring(id + 1, notes), target.substring(target.lastIndexOf('/') + 1));
  }

  private static byte[] waiting(String target) {
    try {
      return target.equals("/sleep5") ? Waiting.sleep() : Waiting.roundTrip();
    } catch (Exception e) {
      throw new IllegalStateException(target, e);
    }
  }
}
