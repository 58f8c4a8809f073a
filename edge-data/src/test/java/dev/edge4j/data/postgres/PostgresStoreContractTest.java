package dev.edge4j.data.postgres;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.contract.DataStoreContract;
import org.junit.jupiter.api.AfterAll;

/** PostgreSQL is a data store. */
class PostgresStoreContractTest extends DataStoreContract {
  private static final PostgresDatabase DATABASE = Databases.create();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Override
  protected DataStore open() {
    PostgresStore store = PostgresStore.on(DATABASE);
    store.update("DROP TABLE IF EXISTS contract_product");
    return store;
  }
}
