package dev.edge4j.server.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether clients show a certificate, and whose are believed.
 *
 * @param demand whether a client is asked for one
 * @param trust a PEM file of the authorities (or single certificates) that are believed; empty only if nobody is asked
 */
public record ClientCertificates(Demand demand, Optional<Path> trust) {

  /** Whether a client is asked for a certificate. */
  public enum Demand {
    /** It is not asked. */
    NONE,
    /** It is asked, and may have none. One that is not believed ends the handshake all the same. */
    OPTIONAL,
    /** Without one that is believed there is no connection. */
    REQUIRED
  }

  /** Checks that there is somebody to believe. */
  public ClientCertificates {
    if (demand != Demand.NONE && trust.isEmpty()) {
      throw new IllegalArgumentException("client certificates: " + demand
          + " without trust (expected: a PEM file of the authorities that are believed)");
    }
  }

  /** Nobody is asked: the default. */
  public static ClientCertificates none() {
    return new ClientCertificates(Demand.NONE, Optional.empty());
  }

  /** Clients may show a certificate by one of these authorities. */
  public static ClientCertificates optional(Path trust) {
    return new ClientCertificates(Demand.OPTIONAL, Optional.of(trust));
  }

  /** Clients must show a certificate by one of these authorities. */
  public static ClientCertificates required(Path trust) {
    return new ClientCertificates(Demand.REQUIRED, Optional.of(trust));
  }
}
