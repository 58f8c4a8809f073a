package dev.edge4j.data.replica;

import dev.edge4j.env.Secret;
import java.time.Duration;

/**
 * How the origin is reached. Its role needs REPLICATION and SELECT on the tables; to create the publication it must own them.
 *
 * @param url a JDBC address, {@code jdbc:postgresql://host:5432/shop}; it may carry user, password and TLS settings
 * @param user empty if the address says it
 * @param password empty if the address says it or none is needed
 * @param connectTimeout how long a connection may take to come about
 * @param silence how long the origin may say nothing before the link counts as lost
 */
public record OriginOptions(String url, String user, Secret password, Duration connectTimeout, Duration silence) {
  public OriginOptions {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("origin: an address that begins with \"" + url.substring(0, Math.min(16, url
          .length()))
          + "\" (expected: jdbc:postgresql://host:port/database)");
    }
    if (connectTimeout.toMillis() < 1 || silence.toMillis() < 1) {
      throw new IllegalArgumentException("connectTimeout, silence: " + connectTimeout + ", " + silence
          + " (expected: positive)");
    }
  }

  /** An address with everything in it; connections within 5 seconds, a link lost after 15 seconds of silence. */
  public static OriginOptions of(String url) {
    return new OriginOptions(url, "", Secret.of(""), Duration.ofSeconds(5), Duration.ofSeconds(15));
  }

  public OriginOptions withUser(String name, Secret secret) {
    return new OriginOptions(url, name, secret, connectTimeout, silence);
  }

  public OriginOptions withConnectTimeout(Duration timeout) {
    return new OriginOptions(url, user, password, timeout, silence);
  }

  public OriginOptions withSilence(Duration atMost) {
    return new OriginOptions(url, user, password, connectTimeout, atMost);
  }

  /** The address without what stands behind its question mark, which may be a secret. */
  String shown() {
    int settings = url.indexOf('?');
    return settings < 0 ? url : url.substring(0, settings);
  }

  @Override
  public String toString() {
    return "OriginOptions[" + shown() + "]";
  }
}
