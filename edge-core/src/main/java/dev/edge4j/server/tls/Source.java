package dev.edge4j.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where a certificate and its key come from, now and at each reload. */
sealed interface Source {
  /** Reads them; throws {@link TlsException} if they are missing or wrong. */
  List<Identity> load();

  /** The files whose change means that there may be something new. */
  List<Path> files();

  /** Two PEM files, which may be one. */
  record PemFiles(Path chain, Path key) implements Source {
    @Override
    public List<Identity> load() {
      List<X509Certificate> certificates = PemFile.certificates(chain);
      PrivateKey secret = PemFile.key(key, certificates.getFirst().getPublicKey());
      return List.of(Identity.of(certificates, secret, key.toString()));
    }

    @Override
    public List<Path> files() {
      return List.of(chain, key);
    }
  }

  /** A key store on disk, of any type that the JDK knows. */
  record StoreFile(Path file, char[] password) implements Source {
    @Override
    public List<Identity> load() {
      try {
        return identities(KeyStore.getInstance(file.toFile(), password), password, file.toString());
      } catch (IOException e) {
        throw new TlsException(file + " cannot be read: " + e.getMessage()
            + " (expected: a key store, and its password)", e);
      } catch (KeyStoreException e) {
        throw new TlsException(file + " is not a key store (expected: PKCS#12 or JKS)", e);
      } catch (GeneralSecurityException e) {
        throw new TlsException(file + ": " + e.getMessage(), e);
      }
    }

    @Override
    public List<Path> files() {
      return List.of(file);
    }
  }

  /** A key store that somebody has opened already; it is read again at each reload. */
  record OpenStore(KeyStore store, char[] password) implements Source {
    @Override
    public List<Identity> load() {
      try {
        return identities(store, password, "the key store");
      } catch (GeneralSecurityException e) {
        throw new TlsException("the key store: " + e.getMessage(), e);
      }
    }

    @Override
    public List<Path> files() {
      return List.of();
    }
  }

  /** The certificate for trying things out, made if it is not there. */
  record Development(Path folder) implements Source {
    @Override
    public List<Identity> load() {
      Path file = DevelopmentCertificate.in(folder);
      return new PemFiles(file, file).load();
    }

    @Override
    public List<Path> files() {
      return List.of(); // nobody changes it
    }
  }

  private static List<Identity> identities(KeyStore store, char[] password, String where)
      throws GeneralSecurityException {
    List<Identity> found = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.getKey(alias, password) instanceof PrivateKey key) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : store.getCertificateChain(alias)) {
          chain.add((X509Certificate) certificate);
        }
        found.add(Identity.of(chain, key, where + ", entry \"" + alias + "\""));
      }
    }
    if (found.isEmpty()) {
      throw new TlsException(where + " has no private key (expected: at least one entry with key and certificate)");
    }
    return found;
  }
}
