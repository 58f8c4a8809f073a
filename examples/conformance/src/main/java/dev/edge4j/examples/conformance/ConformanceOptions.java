package dev.edge4j.examples.conformance;

import dev.edge4j.env.Env;
import dev.edge4j.env.EnvException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What may be chosen when it is started.
 *
 * @param port of HTTP/1.1 and HTTP/2 in the clear; 0 lets the system choose
 * @param tlsPort of the same over TLS
 * @param cachePort of the caching proxy; 0 lets the system choose
 * @param origin what the caching proxy stands in front of
 * @param certificates the folder where the certificate is kept, which it makes itself
 * @param files the folder below {@code /static}
 * @param allowedOrigin the one origin whose pages may ask {@code /cors/x}
 * @param reusePort whether another one may listen on the same ports
 * @param stopDelay how long it goes on accepting once it is told to stop
 */
public record ConformanceOptions(String host, int port, int tlsPort, int cachePort, String origin, Path certificates,
    Path files,
    String allowedOrigin, boolean reusePort, Duration stopDelay) {
  private static final int MAX_PORT = 65_535;

  /** Reads arguments and environment; throws {@link EnvException} with one line for what is wrong or unknown. */
  public static ConformanceOptions of(Env env) {
    var options = new ConformanceOptions(env.text("host", "127.0.0.1"), port(env, "port", 8_180), port(env, "tls-port",
        8_543), port(env, "cache-port", 8_181), env.text("origin", "http://127.0.0.1:8300"), env.path("certificates",
            Path.of("data", "conformance")), env.path("files", Path.of("examples",
                "conformance", "files")), env.text("allowed-origin", "http://allowed.example"), env.flag("reuse-port"),
        env
            .duration("stop-delay", Duration.ZERO));
    env.rejectUnknown();
    return options;
  }

  private static int port(Env env, String name, int fallback) {
    int port = env.integer(name, fallback);
    if (port < 0 || port > MAX_PORT) {
      throw new EnvException(name + ": " + port + " (expected: 0 to " + MAX_PORT + ")");
    }
    return port;
  }
}
