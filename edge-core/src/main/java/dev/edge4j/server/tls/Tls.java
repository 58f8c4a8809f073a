package dev.edge4j.server.tls;

import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * How a server speaks TLS: versions 1.3 and 1.2, forward-secret authenticated ciphers in the server's order, no renegotiation, and
 * whatever certificates it is given. Several are chosen by the host that a client names, exactly or by a wildcard; the first is for
 * everybody else.
 *
 * <p>Files are read when the server starts and again when they change, or on {@link #reload}. Connections that are open stay as they
 * are. Each {@code with} makes another value, with its own reading of the files. Safe for use by many threads.
 */
public final class Tls {
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final Duration RELOAD = Duration.ofSeconds(10);

  private final List<Source> sources;
  private final ClientCertificates clients;
  private final Duration handshakeTimeout;
  private final Duration reloadEvery;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Material material;

  private Tls(List<Source> sources, ClientCertificates clients, Duration handshakeTimeout, Duration reloadEvery) {
    this.sources = List.copyOf(sources);
    this.clients = clients;
    this.handshakeTimeout = handshakeTimeout;
    this.reloadEvery = reloadEvery;
  }

  private static Tls of(Source source) {
    return new Tls(List.of(source), ClientCertificates.none(), HANDSHAKE, RELOAD);
  }

  /**
   * A certificate from PEM files.
   *
   * @param chain the certificate, then those of its authorities
   * @param key its key, not encrypted; may be the same file
   */
  public static Tls pem(Path chain, Path key) {
    return of(new Source.PemFiles(chain, key));
  }

  /** All certificates with keys of a key store (PKCS#12, JKS); the password opens the store and its keys. */
  public static Tls keyStore(Path file, char[] password) {
    return of(new Source.StoreFile(file, password.clone()));
  }

  /** All certificates with keys of a key store that is open already; the password opens its keys. */
  public static Tls keyStore(KeyStore store, char[] password) {
    return of(new Source.OpenStore(store, password.clone()));
  }

  /** As {@link #development(Path)}, in the folder {@code .edge4j} of the user. */
  public static Tls development() {
    return development(Path.of(System.getProperty("user.home"), ".edge4j"));
  }

  /**
   * A certificate by nobody but itself for {@code localhost}, {@code 127.0.0.1} and {@code ::1}, for trying things out. It is made once and
   * kept as {@code localhost.pem} in the folder, readable by its owner alone, so that what a browser was told about it lasts.
   */
  public static Tls development(Path folder) {
    return of(new Source.Development(folder));
  }

  /** With one more certificate, as {@link #pem}. */
  public Tls withPem(Path chain, Path key) {
    return with(new Source.PemFiles(chain, key));
  }

  /** With the certificates of one more key store, as {@link #keyStore(Path, char[])}. */
  public Tls withKeyStore(Path file, char[] password) {
    return with(new Source.StoreFile(file, password.clone()));
  }

  private Tls with(Source source) {
    List<Source> more = new ArrayList<>(sources);
    more.add(source);
    return new Tls(more, clients, handshakeTimeout, reloadEvery);
  }

  /** With another rule for clients' certificates; by default they are not asked. */
  public Tls withClientCertificates(ClientCertificates newClients) {
    return new Tls(sources, newClients, handshakeTimeout, reloadEvery);
  }

  /** With another bound on the time from connecting to the end of the handshake; by default 10 seconds. */
  public Tls withHandshakeTimeout(Duration newHandshakeTimeout) {
    return new Tls(sources, clients, newHandshakeTimeout, reloadEvery);
  }

  /** Looks at the files' times that often; by default every 10 seconds. With {@link Duration#ZERO} only {@link #reload} does. */
  public Tls withReloadEvery(Duration newReloadEvery) {
    return new Tls(sources, clients, handshakeTimeout, newReloadEvery);
  }

  /** The bound on the time from connecting to the end of the handshake. */
  public Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  /**
   * Reads all files again, for connections to come. Throws {@link TlsException} if one of them cannot be used; then all stays as it was.
   */
  public void reload() {
    reading.lock();
    try {
      material = Material.read(sources, clients);
    } finally {
      reading.unlock();
    }
  }

  /**
   * For servers: one end of one connection, with the certificates of now.
   *
   * @param applicationProtocols what is spoken inside, the best first (ALPN, RFC 7301). A client that offers only others is refused; one
   *        that offers nothing is served, and the engine names no protocol
   * @return an engine that has not begun; throws {@link TlsException} if nothing could be read yet
   */
  public SSLEngine engine(List<String> applicationProtocols) {
    Material current = material;
    if (current == null) {
      reload();
      return engine(applicationProtocols);
    }
    return current.engine(applicationProtocols);
  }

  /** For servers: reads the files unless that has been done, and again whenever they change, until the result is closed. */
  public AutoCloseable watch() {
    List<Path> files = new ArrayList<>();
    sources.forEach(source -> files.addAll(source.files()));
    clients.trust().ifPresent(files::add);
    var watch = new FileWatch(files, this::reload);
    if (material == null) {
      reload();
    }
    watch.start(reloadEvery);
    return watch;
  }
}
