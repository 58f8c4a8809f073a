package dev.edge4j.examples.conformance;

import dev.edge4j.App;
import dev.edge4j.client.OriginClient;
import dev.edge4j.env.Env;
import dev.edge4j.server.Endpoint;
import dev.edge4j.server.Readiness;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.tls.Tls;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the conformance application:
 * {@code --host --port --tls-port --cache-port --origin --certificates --files --allowed-origin --reuse-port --stop-delay}. Says its
 * addresses once it answers there. What keeps it from starting is one line on the standard error, and exit code 1.
 */
public final class Conformance {
  /** Probes send messages of 16 MiB and more. */
  private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

  private Conformance() {}

  /** See the class description. */
  public static void main(String[] args) throws InterruptedException {
    List<Server> servers;
    OriginClient origin;
    try {
      ConformanceOptions options = ConformanceOptions.of(Env.of(arguments(args)));
      origin = CachingProxy.client(options.origin());
      servers = start(options, origin);
    } catch (RuntimeException e) {
      System.err.println("The conformance application cannot start: "
          + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      System.exit(1);
      return;
    }
    for (Server server : servers) {
      server.join();
    }
    origin.close();
  }

  /** The caching proxy, and the application in the clear and over TLS; ready when all listen. */
  private static List<Server> start(ConformanceOptions options, OriginClient origin) {
    var readiness = Readiness.create();
    Endpoint plain = Endpoint.port(options.port()).withHost(options.host()).withReusePort(options.reusePort());
    Endpoint tls = plain.withPort(options.tlsPort()).withTls(Tls.development(options.certificates()));
    App proxy = CachingProxy.of(origin);
    App app = ConformanceApp.of(options, readiness);
    return List.of(start(proxy, plain.withPort(options.cachePort()), readiness, options, "Conformance cache: http"),
        start(app, tls, readiness, options, "Conformance: https"), start(app, plain, readiness, options,
            "Conformance: http"));
  }

  private static Server start(App app, Endpoint endpoint, Readiness readiness, ConformanceOptions options,
      String what) {
    Server server = Server.start(app, ServerOptions.port(0)
        .withEndpoint(endpoint)
        .withLimits(l -> l.withWebSockets(l.webSockets().withMaxMessageBytes(MAX_MESSAGE_BYTES)))
        .withLifecycle(l -> l.withReadiness(readiness).withStopDelay(options.stopDelay())));
    System.out.println(what + "://" + options.host() + ":" + server.port());
    return server;
  }

  /** The run command of the build has one property for all arguments; it stands behind those given directly. */
  private static String[] arguments(String[] args) {
    List<String> all = new ArrayList<>(List.of(args));
    String more = System.getProperty("conformance.args", "").strip();
    if (!more.isEmpty()) {
      all.addAll(List.of(more.split("\\s+")));
    }
    return all.toArray(new String[0]);
  }
}
