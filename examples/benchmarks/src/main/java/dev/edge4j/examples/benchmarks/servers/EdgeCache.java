package dev.edge4j.examples.benchmarks.servers;

import dev.edge4j.App;
import dev.edge4j.cache.response.ResponseCache;
import dev.edge4j.client.OriginClient;
import dev.edge4j.proxy.Proxy;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.transport.Transport;
import java.util.Locale;

/** Edge4J as a caching proxy. */
public final class EdgeCache {
  private EdgeCache() {}

  /** The port, and that of the origin. */
  public static void main(String[] args) throws InterruptedException {
    var app = new App();
    app.use(ResponseCache.create());
    app.all("/*path", Proxy.to(OriginClient.to("http://127.0.0.1:" + args[1])));
    var transport = Transport.valueOf(System.getProperty("bench.transport", "nio").toUpperCase(Locale.ROOT));
    var options = ServerOptions.port(Integer.parseInt(args[0]));
    Server.start(app, options.withEndpoint(options.endpoint().withTransport(transport))).join();
  }
}
