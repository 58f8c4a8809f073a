package dev.edge4j.examples.conformance;

import dev.edge4j.env.Env;
import dev.edge4j.server.Readiness;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the conformance application: {@code --host --port --files --allowed-origin --stop-delay}. Says its address once it answers there.
 * What keeps it from starting is one line on the standard error, and exit code 1.
 */
public final class Conformance {
  private Conformance() {}

  /** See the class description. */
  public static void main(String[] args) throws InterruptedException {
    Server server;
    try {
      var options = ConformanceOptions.of(Env.of(arguments(args)));
      var readiness = Readiness.create();
      server = Server.start(ConformanceApp.of(options, readiness), ServerOptions.port(options.port())
          .withHost(options.host())
          .withLifecycle(l -> l.withReadiness(readiness).withStopDelay(options.stopDelay())));
      System.out.println("Conformance: http://" + options.host() + ":" + server.port());
    } catch (RuntimeException e) {
      System.err.println("The conformance application cannot start: "
          + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      System.exit(1);
      return;
    }
    server.join();
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
