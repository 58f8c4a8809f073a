package dev.edge4j.examples.conformance;

import dev.edge4j.env.Env;
import dev.edge4j.env.EnvException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What may be chosen when it is started.
 *
 * @param port of HTTP in the clear; 0 lets the system choose
 * @param files the folder below {@code /static}
 * @param allowedOrigin the one origin whose pages may ask {@code /cors/x}
 * @param stopDelay how long it goes on accepting once it is told to stop
 */
public record ConformanceOptions(String host, int port, Path files, String allowedOrigin, Duration stopDelay) {
  private static final int MAX_PORT = 65_535;

  /** Reads arguments and environment; throws {@link EnvException} with one line for what is wrong or unknown. */
  public static ConformanceOptions of(Env env) {
    var options = new ConformanceOptions(env.text("host", "127.0.0.1"), port(env, "port", 8_180), env.path("files", Path
        .of("examples", "conformance", "files")), env.text("allowed-origin", "http://allowed.example"), env.duration(
            "stop-delay", Duration.ZERO));
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
