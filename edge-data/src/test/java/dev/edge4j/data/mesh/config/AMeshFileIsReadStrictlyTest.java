package dev.edge4j.data.mesh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a mesh file is told with its place and what may have been meant, before anything is opened; a secret never is. */
class AMeshFileIsReadStrictlyTest {
  private static final String CLASSES = """
      "classes": { "catalog": { "store": "edge", "consistency": "eventual", "maxLag": "5s" } }""";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{ 'store': 'edge', 'consistancy': 'strong' } | .consistancy is not known (expected: \"consistency\")",
      "{ 'store': 'edge', 'consistency': 'eventul', 'maxLag': '5s' } | .consistency: \"eventul\" (expected: \"eventual\")",
      "{ 'store': 'edge', 'consistency': 'strong', 'maxLag': '5s' } | .maxLag is not known (expected: one of consistency, reason, region, store, timeout)",
      "{ 'store': 'edge', 'consistency': 'eventual', 'maxLag': 5000 } | .maxLag: 5000 (expected: a duration with its unit, as in \"500ms\", \"5s\", \"1h\")",
      "{ 'store': 'edge', 'consistency': 'eventual', 'maxLag': '0s' } | .maxLag: \"0s\" (expected: a duration with its unit, as in \"500ms\", \"5s\", \"1h\")",
      "{ 'store': 'edge', 'consistency': 'eventual', 'maxLag': '5s', 'staleIfError': '1s' } | .staleIfError: \"1s\" (expected: at least the maxLag)",
      "{ 'store': 'edge', 'consistency': 'eventual' } | .maxLag is missing (given: [store, consistency])",
      "{ 'store': 'edge' } | ` says no promise (expected: consistency for rows, ttl for keys and values, batch and delay or direct for events)`",
      "{ 'store': 'edge', 'direct': false } | .direct: false (expected: true, or batch and delay in its place)",
      "{ 'store': 'edge', 'direct': true, 'ttl': '1h' } | .direct is not known (expected: one of reason, region, store, timeout, ttl)",
      "{ 'store': 'edge', 'direct': true, 'batch': 5, 'delay': '1s' } | .direct is not known (expected: one of batch, delay, reason, region, store, timeout)",
      "{ 'store': 'edge', 'batch': 0, 'delay': '1s' } | .batch: 0 (expected: 1 or more)",
      "{ 'store': 'edge', 'batch': 2.5, 'delay': '1s' } | .batch: 2.5 (expected: a whole number)",
      "{ 'store': 'edge', 'batch': 5 } | .delay is missing (given: [store, batch])",
      "{ 'store': 'egde', 'ttl': '1h' } | .store: \"egde\" (expected: \"edge\")",
      "{ 'store': 'edge', 'ttl': '1h', 'region': 'us-east-1' } | .reason is missing (given: [store, ttl, region])",
      "{ 'store': 'edge', 'ttl': '${LIFE}' } | .ttl: ${LIFE} is not set (expected: the environment variable LIFE, an argument --LIFE=..., or ${LIFE:-fallback} in the file)",
      "{ 'store': 'edge', 'ttl': '${LIFE' } | .ttl: a ${ that is no reference (expected: ${NAME}, ${NAME:-fallback}, or $${ for a dollar and a brace)",
  })
  void aClassThatIsWrong(String declared, String error) {
    String json = "{ \"stores\": { \"edge\": { \"kind\": \"memory\" } }, \"classes\": { \"catalog\": " + declared
        .replace(
            '\'', '"') + " } }";
    assertEquals("mesh.json: classes.catalog" + error, parse(json));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{ 'kind': 'sqlit', 'file': 'a.db' } | .kind: \"sqlit\" (expected: \"sqlite\")",
      "{ 'kind': 'sqlite', 'fiel': 'a.db' } | .fiel is not known (expected: \"file\")",
      "{ 'file': 'a.db' } | .kind is missing (given: [file])",
      "{ 'kind': 'sqlite' } | .file is missing (given: [kind])",
      "{ 'kind': 'sqlite', 'file': 7 } | .file: 7 (expected: a text in quotes)",
      "{ 'kind': 'sqlite', 'file': 'a.db', 'synchronous': 'ful' } | .synchronous: \"ful\" (expected: \"full\")",
  })
  void aStoreThatIsWrong(String declared, String error) {
    String json = "{ \"stores\": { \"edge\": " + declared.replace('\'', '"') + " }, " + CLASSES + " }";
    assertEquals("mesh.json: stores.edge" + error, open(json));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{ 'store': {}, 'classes': {} } | mesh.json: store is not known (expected: \"stores\")",
      "{ 'classes': { 'a': { 'store': 'edge', 'ttl': '1h' } } } | mesh.json: stores is missing or empty (expected: stores and classes)",
  })
  void aFileThatIsNone(String file, String error) {
    assertEquals(error, parse(file.replace('\'', '"')));
    assertTrue(parse("{ \"stores\": ").startsWith("mesh.json"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "7 | : 7 (expected: an object)",
      "{ 'concurent': 4 } | .concurent is not known (expected: \"concurrent\")",
      "{ 'concurrent': 0 } | .concurrent: 0 (expected: 1 or more)",
      "{ 'concurrent': -4 } | .concurrent: -4 (expected: a whole number)",
      "{ 'waiting': 'many' } | .waiting: \"many\" (expected: a whole number)",
      "{ 'longestWait': 100 } | .longestWait: 100 (expected: a duration with its unit, as in \"500ms\", \"5s\", \"1h\")",
      "{ 'breaker': [] } | .breaker: [] (expected: an object)",
      "{ 'breaker': { 'windw': '1s' } } | .breaker.windw is not known (expected: \"window\")",
      "{ 'breaker': { 'minCalls': 0 } } | .breaker.minCalls: 0 (expected: 1 or more)",
      "{ 'breaker': { 'failureRate': 50 } } | .breaker.failureRate: 50 (expected: a share over 0, up to 1)",
      "{ 'breaker': { 'failureRate': 0 } } | .breaker.failureRate: 0 (expected: a share over 0, up to 1)",
      "{ 'breaker': { 'slowRate': '0.5' } } | .breaker.slowRate: \"0.5\" (expected: a share over 0, up to 1)",
      "{ 'breaker': { 'open': '5s', 'longestOpen': '1s' } } | .breaker.longestOpen: \"1s\" (expected: at least as long as open)",
      "{ 'breaker': { 'probes': 0 } } | .breaker.probes: 0 (expected: 1 or more)",
  })
  void limitsThatAreWrong(String limits, String error) {
    assertEquals("mesh.json: stores.edge.limits" + error, parse(
        "{ \"stores\": { \"edge\": { \"kind\": \"memory\", \"limits\": " + limits.replace('\'', '"') + " } }, "
            + CLASSES + " }"));
  }

  @Test
  void aNameThatMakesNoTable() {
    String json = "{ \"stores\": { \"edge\": { \"kind\": \"sqlite\", \"file\": \"" + folder
        + "/a.db\" } }, \"classes\": { \"my sessions\": { \"store\": \"edge\", \"ttl\": \"1h\" } } }";
    assertTrue(open(json).startsWith("mesh.json: classes.my sessions: table"), () -> open(json));
  }

  @Test
  void aStoreThatCannotHoldTheClass() {
    String json = "{ \"stores\": { \"edge\": { \"kind\": \"memory\" } }, " + CLASSES + " }";
    assertEquals("mesh.json: classes.catalog.store: \"edge\" (expected: a store of rows, which this is not)",
        open(json));
  }

  @Test
  void nothingIsOpenedWhereAnythingIsWrong() {
    String json = "{ \"stores\": { \"edge\": { \"kind\": \"sqlite\", \"file\": \"" + folder
        + "/a.db\" }, \"other\": { \"kind\": \"nosuch\" } }, " + CLASSES + " }";
    assertEquals(
        "mesh.json: stores.other.kind: \"nosuch\" (expected: one of clickhouse, libsql, memory, postgres, redis, sqlite, sqlite-replica)",
        open(json));
    assertFalse(Files.exists(folder.resolve("a.db")));
  }

  @Test
  void whatWasOpenedIsClosedWhenTheNextCannotBe() {
    assertEquals("mesh.json: stores.ram.capacity: 0 (expected: 1 or more)", open("""
        { "stores": { "edge": { "kind": "sqlite", "file": "%s/a.db" }, "ram": { "kind": "memory", "capacity": 0 } },
          "classes": { "catalog": { "store": "edge", "consistency": "strong" }, "a": { "store": "ram", "ttl": "1h" } } }
        """.formatted(folder)));
    SqliteStore.open(folder.resolve("a.db")).close(); // its lock is free
  }

  @Test
  void aSecretIsNeverShown() {
    String json = "{ \"stores\": { \"edge\": { \"kind\": \"sqlite\", \"file\": \"${FILE}\", \"readers\": \"${READERS}\" } }, "
        + CLASSES + " }";
    var config = MeshConfig.parse("mesh.json", json, _ -> Optional.of("hunter2"));
    String error = assertThrows(MeshConfigException.class, config::open).getMessage();
    assertEquals("mesh.json: stores.edge.readers: \"${READERS}\" (expected: a whole number)", error);
    var section = new ConfigSection("mesh.json: stores", "a", Map.of("password", "hunter2", "url",
        "db://me:hunter2@db"),
        new Variables(_ -> Optional.empty()), _ -> Optional.empty());
    assertEquals("mesh.json: stores.a.password: *** (expected: other)", section.wrong("password", "other")
        .getMessage());
    assertEquals("mesh.json: stores.a.url: *** (expected: other)", section.wrong("url", "other").getMessage());
    assertEquals("***", section.secret("password").toString());
  }

  private static String parse(String json) {
    return assertThrows(MeshConfigException.class, () -> MeshConfig.parse("mesh.json", json, _ -> Optional.empty()))
        .getMessage();
  }

  private static String open(String json) {
    MeshConfig config = MeshConfig.parse("mesh.json", json, _ -> Optional.empty());
    return assertThrows(MeshConfigException.class, config::open).getMessage();
  }
}
