package dev.edge4j.data.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.Place;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.MeshSession;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.Promises;
import dev.edge4j.data.engines.SqldServer;
import dev.edge4j.data.libsql.LibsqlOptions;
import dev.edge4j.data.libsql.LibsqlReplica;
import dev.edge4j.data.libsql.LibsqlStore;
import dev.edge4j.data.libsql.LibsqlStore.Change;
import dev.edge4j.env.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The listings of the guide to libSQL. */
@Timeout(60)
class LibsqlGuideTest {
  record Profile(long id, String name) {}

  private static final Migrations MIGRATIONS = Migrations.of(
      "CREATE TABLE profiles (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");

  @Test
  void aPrimaryAndAReplicaNearTheVisitor() {
    // tag::servers[]
    try (SqldServer primary = SqldServer.start(); SqldServer near = SqldServer.replicaOf(primary, Map.of())) {
      // end::servers[]
      mesh(primary.url(), near.url());
    }
  }

  private static void mesh(String primaryUrl, String replicaUrl) {
    // tag::mesh[]
    LibsqlStore primary = LibsqlStore.of(primaryUrl)
        .at(Place.origin("eu-west", "profiles are written in one place"))
        .migrate(MIGRATIONS);
    LibsqlReplica near = LibsqlReplica.of(replicaUrl, primary);
    DataMesh mesh = DataMesh.builder().sql("profiles", near, Promises.readAfterWrite()).build();

    MeshSession session = mesh.session();
    session.update("profiles", "INSERT INTO profiles VALUES (:id, :name)", Map.of("id", 7, "name", "Ada"));
    List<Profile> profiles = session.query("profiles", Profile.class, "SELECT * FROM profiles", Map.of());
    // end::mesh[]
    assertEquals(List.of(new Profile(7, "Ada")), profiles);
    batch(primary);
    mesh.close();
    primary.close();
  }

  private static void batch(LibsqlStore store) {
    // tag::batch[]
    List<Long> changed = store.batch(List.of(
        new Change("INSERT INTO profiles VALUES (:id, :name)", Map.of("id", 8, "name", "Grace")),
        new Change("UPDATE profiles SET name = :name WHERE id = :id", Map.of("id", 7, "name", "Ada L."))));
    // end::batch[]
    assertEquals(List.of(1L, 1L), changed);
  }

  @Test
  void aServerThatAsksForAToken() {
    String url = "libsql://shop.example.com";
    Secret token = Secret.of("a-token");
    // tag::options[]
    LibsqlStore store = LibsqlStore.of(url, LibsqlOptions.defaults()
        .withToken(token)
        .withTimeout(Duration.ofSeconds(3)));
    // end::options[]
    store.close();
    assertThrows(RuntimeException.class, () -> store.query(Long.class, "SELECT 1"));
  }
}
