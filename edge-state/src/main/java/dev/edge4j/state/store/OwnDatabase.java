package dev.edge4j.state.store;

import dev.edge4j.data.Migrations;
import dev.edge4j.state.ObjectId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The user's tables in an object's own file. */
final class OwnDatabase implements ObjectDatabase {
  private final ObjectId id;
  private final OpenFiles files;
  private final Optional<Migrations> tables;

  OwnDatabase(ObjectId id, OpenFiles files, Optional<Migrations> tables) {
    this.id = id;
    this.files = files;
    this.tables = tables;
  }

  @Override
  public boolean begin() {
    return files.with(id, file -> files.onDisk(() -> file.begin(tables)));
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> parameters) {
    String checked = UserSql.checked(sql);
    return inTurn(open -> open.queries().query(type, checked, parameters));
  }

  @Override
  public long update(String sql, Map<String, ?> parameters) {
    String checked = UserSql.checked(sql);
    return inTurn(open -> open.queries().update(checked, parameters));
  }

  @Override
  public <T> List<T> committed(Class<T> type, String sql, Map<String, ?> parameters) {
    String checked = UserSql.checked(sql);
    return files.with(id, file -> files.onDisk(() -> file.committed(tables,
        open -> open.query(type, checked, parameters))));
  }

  @Override
  public void clear() {
    inTurn(open -> {
      open.write(Tables::dropUsers);
      return tables.isPresent() ? open.migrate(tables.get()) : 0;
    });
  }

  @Override
  public void mark() {
    begun(OwnFile::mark);
  }

  @Override
  public void unmark() {
    begun(OwnFile::unmark);
  }

  @Override
  public void returnToMark() {
    begun(OwnFile::returnToMark);
  }

  @Override
  public Optional<byte[]> snapshot() {
    return files.read(id, OwnFile::snapshot);
  }

  @Override
  public void replace(byte[] snapshot) {
    begun(file -> {
      Path part = file.path().resolveSibling(file.path().getFileName() + ".next");
      file.replacement(Replacement.of(snapshot, part, tables));
    });
  }

  private void begun(Consumer<OwnFile> work) {
    files.with(id, file -> files.onDisk(() -> {
      file.begin(tables);
      work.accept(file);
      return true;
    }));
  }

  private <R> R inTurn(OwnFile.SqlUse<R> work) {
    return files.with(id, file -> files.onDisk(() -> {
      file.begin(tables);
      return file.use(work);
    }));
  }
}
