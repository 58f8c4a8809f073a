package dev.edge4j.data.sqlite;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.contract.DataStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** SQLite is a data store. */
class SqliteStoreContractTest extends DataStoreContract {
  private final Path folder;

  SqliteStoreContractTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  protected DataStore open() {
    return SqliteStore.open(folder.resolve("a.db"));
  }
}
