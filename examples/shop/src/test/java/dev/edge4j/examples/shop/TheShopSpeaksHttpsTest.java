package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.env.Env;
import dev.edge4j.server.Server;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code --tls} the shop has a certificate for this machine, and its cookies do not leave TLS. */
class TheShopSpeaksHttpsTest {
  @TempDir Path folder;

  @Test
  void cookiesAreSecure() throws Exception {
    ShopOptions options = ShopOptions.of(Env.of("--tls", "--port=0", "--products=20", "--data=" + folder));
    try (Server server = Shop.start(options);
        var client = HttpClient.newBuilder().sslContext(believing(folder.resolve("localhost.pem"))).build()) {
      URI home = URI.create("https://localhost:" + server.port() + "/");
      var response = client.send(HttpRequest.newBuilder(home).build(), BodyHandlers.ofString());
      assertEquals(200, response.statusCode());
      List<String> cookies = response.headers().allValues("Set-Cookie");
      assertTrue(!cookies.isEmpty() && cookies.stream().allMatch(cookie -> cookie.contains("; Secure")), cookies
          .toString());
    }
  }

  private static SSLContext believing(Path pem) throws Exception {
    KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
    believed.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      believed.setCertificateEntry("shop", certificate);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
