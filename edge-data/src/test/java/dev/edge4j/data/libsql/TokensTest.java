package dev.edge4j.data.libsql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.engines.SqldServer;
import dev.edge4j.env.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks for tokens is told which we have, and what it refuses is said without showing them. */
@Timeout(60)
class TokensTest {
  @Test
  void eachTokenIsTakenForWhatItIsWorth(@TempDir Path folder) throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path pem = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder()
        .encodeToString(keys.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n");
    try (SqldServer server = SqldServer.start(Map.of("auth-jwt-key-file", pem.toString()))) {
      try (LibsqlStore writer = store(server, token(keys, "{\"a\":\"rw\"}"))) {
        writer.update("CREATE TABLE t (id INTEGER)");
        writer.transaction(tx -> tx.update("INSERT INTO t VALUES (1)"));
      }
      try (LibsqlStore reader = store(server, token(keys, "{\"a\":\"ro\"}"))) {
        assertEquals(List.of(1L), reader.query(Long.class, "SELECT id FROM t"));
        assertEquals(1, reader.forEach(Long.class, "SELECT id FROM t", Map.of(), _ -> {}));
        refused(reader, "403");
        var tx = assertThrows(StoreException.class, () -> reader.transaction(t -> t.update(
            "INSERT INTO t VALUES (2)")));
        assertTrue(tx.getMessage().contains("403"), tx.getMessage());
        assertEquals(List.of(1L), reader.query(Long.class, "SELECT id FROM t"));
      }
      try (LibsqlStore nobody = LibsqlStore.of(server.url())) {
        refused(nobody, "401");
      }
      for (String bad : List.of(token(others, "{\"a\":\"rw\"}"), token(keys, "{\"a\":\"rw\",\"exp\":1000}"),
          "garbage")) {
        try (LibsqlStore stranger = store(server, bad)) {
          refused(stranger, "401");
        }
      }
    }
  }

  private static LibsqlStore store(SqldServer server, String token) {
    LibsqlOptions options = LibsqlOptions.defaults().withToken(Secret.of(token));
    assertFalse(options.toString().contains(token));
    return LibsqlStore.of(server.url(), options);
  }

  private static void refused(LibsqlStore store, String status) {
    var refused = assertThrows(StoreException.class, () -> store.update("INSERT INTO t VALUES (2)"));
    assertTrue(refused.getMessage().contains("status " + status) && refused.getMessage().contains("token"), refused
        .getMessage());
    assertFalse(refused.getMessage().contains("unknown"), refused.getMessage());
  }

  private static String token(KeyPair keys, String claims) throws Exception {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String signed = base64.encodeToString("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "." + base64
        .encodeToString(claims.getBytes(UTF_8));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(UTF_8));
    return signed + "." + base64.encodeToString(signature.sign());
  }

  @Test
  void aTokenThatCannotBeSentIsRefusedUnseen() {
    var refused = assertThrows(IllegalArgumentException.class, () -> LibsqlOptions.defaults()
        .withToken(Secret.of(
            "se\ncret")));
    assertFalse(String.valueOf(refused.getMessage()).contains("cret"), refused.getMessage());
  }
}
