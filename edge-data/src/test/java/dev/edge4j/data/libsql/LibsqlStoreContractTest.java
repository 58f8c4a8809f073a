package dev.edge4j.data.libsql;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.contract.DataStoreContract;
import dev.edge4j.data.testing.Engines;

class LibsqlStoreContractTest extends DataStoreContract {
  @Override
  protected DataStore open() {
    LibsqlStore store = LibsqlStore.of(Engines.sqld().url());
    store.update("DROP TABLE IF EXISTS contract_product");
    return store;
  }

  /** Its caller's wait ends; the server itself goes on with a statement that nobody reads any more. */
  @Override
  protected boolean endsStatements() {
    return false;
  }
}
