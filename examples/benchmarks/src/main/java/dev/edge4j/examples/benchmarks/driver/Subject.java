package dev.edge4j.examples.benchmarks.driver;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One who takes part.
 *
 * @param id as {@code --servers} names it
 * @param main the class of package {@code servers}; empty for Node, the program's name for what is neither
 * @param mode its second argument, if it takes one; of another program, its configuration
 * @param jars what of the class path it needs, found anywhere in a jar's path
 * @param jvm flags that it has and others have not
 * @param endpoints what it answers of what blocks
 */
record Subject(String id, String title, String main, String mode, Pattern jars, List<String> jvm,
    Set<Endpoint> endpoints) {
  private static final String NETTY = "/netty-(buffer|codec-base|codec-http|codec-compression|common|handler|resolver"
      + "|transport|transport-native-unix-common)/";
  private static final Set<Endpoint> INLINE = Set.of();
  private static final Set<Endpoint> BLOCKING = Set.of(Endpoint.SLEEP, Endpoint.SOCKET);
  private static final List<String> OPEN = List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED");

  /** Whom the others are compared with. */
  static final Subject BASE = java("netty", "raw Netty inline", "RawNetty", "inline", NETTY, INLINE);

  static final List<Subject> ALL = List.of(BASE,
      java("netty-hop", "raw Netty + hop to a virtual thread", "RawNetty", "hop", NETTY, BLOCKING),
      edge("edge4j-inline", "Edge4J, handlers inline", "inline", List.of(), INLINE),
      edge("edge4j", "Edge4J, ordinary handlers", "ordinary", OPEN, BLOCKING),
      edge("edge4j-hop", "Edge4J, ordinary handlers, portable hop", "ordinary", List.of(), BLOCKING),
      java("jooby", "Jooby, event loop", "JoobyMain", "loop",
          "/io/jooby/|/com/typesafe/|/jakarta/inject/|/netty-codec-http2/|" + NETTY,
          INLINE),
      java("jooby-worker", "Jooby, worker", "JoobyMain", "worker",
          "/io/jooby/|/com/typesafe/|/jakarta/inject/|/netty-codec-http2/|" + NETTY, BLOCKING),
      java("vertx", "Vert.x Web", "VertxMain", "", "/io/vertx/|/io/netty/(?!netty-transport-[nc].*epoll)"
          + "|/com/fasterxml/", INLINE),
      java("helidon", "Helidon SE", "HelidonMain", "", "/io/helidon/", BLOCKING),
      java("undertow", "Undertow, IO thread", "UndertowMain", "", "/io/undertow/|/org/jboss/|/org/wildfly/"
          + "|/io/smallrye/", INLINE),
      java("javalin", "Javalin", "JavalinMain", "", "/io/javalin/|/org/eclipse/jetty/|/org/ow2/|/jakarta/"
          + "|/org/jetbrains/", BLOCKING),
      new Subject("hono", "Hono on Node", "", "", Pattern.compile(""), List.of(), Set.of(Endpoint.SLEEP)));

  /** Caches in front of {@link #BASE}, which answers beside them with the fields that they would send. */
  static final List<Subject> CACHES = List.of(BASE, edgeCache(), new Subject("varnish", "Varnish", "varnishd",
      "varnish.vcl", Pattern.compile(""), List.of(), INLINE), new Subject("nginx", "nginx proxy_cache", "nginx",
          "nginx.conf", Pattern.compile(""), List.of(), INLINE));

  boolean isNode() {
    return main.isEmpty();
  }

  /** True for a program that is neither Java nor Node. */
  boolean isNative() {
    return mode.endsWith(".vcl") || mode.endsWith(".conf");
  }

  /** True for what stands in front of {@link #BASE}. */
  boolean isCache() {
    return isNative() || main.equals("EdgeCache");
  }

  boolean answers(Endpoint endpoint) {
    if (endpoint.isCached() || isCache()) {
      return endpoint.isCached() && (isCache() || equals(BASE));
    }
    return !endpoint.blocks() || endpoints.contains(endpoint);
  }

  private static Subject edge(String id, String title, String mode, List<String> jvm, Set<Endpoint> endpoints) {
    Subject plain = java(id, title, "Edge", mode, "/edge-core|/re2j/|/netty-codec-http2/|" + NETTY, endpoints);
    return new Subject(plain.id, plain.title, plain.main, plain.mode, plain.jars, jvm, plain.endpoints);
  }

  private static Subject edgeCache() {
    Subject plain = java("edge4j-cache", "Edge4J, ResponseCache", "EdgeCache", "",
        "/edge-core|/edge-cache|/caffeine/|/re2j/|/netty-codec-http2/|" + NETTY, INLINE);
    return new Subject(plain.id, plain.title, plain.main, plain.mode, plain.jars, OPEN, plain.endpoints);
  }

  private static Subject java(String id, String title, String main, String mode, String jars,
      Set<Endpoint> endpoints) {
    return new Subject(id, title, main, mode, Pattern.compile(jars), List.of(), endpoints);
  }
}
