package dev.edge4j.examples.shop.chaos;

import dev.edge4j.Place;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.Position;
import dev.edge4j.data.Replica;
import dev.edge4j.data.Search;
import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.TransactionWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A store of rows behind a wire, which all calls take that reach the store.
 *
 * @param store closed with this; searches fail with {@link IllegalArgumentException} if it is no {@link Search}
 */
public record WiredRows(DataStore store, Wire wire) implements DataStore, Search {
  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    wire.pass();
    return store.query(type, sql, args);
  }

  @Override
  public <T> long forEach(Class<T> type, String sql, Map<String, ?> args, Consumer<? super T> each) {
    wire.pass();
    return store.forEach(type, sql, args, each);
  }

  @Override
  public void prepare(SearchIndex index) {
    wire.pass();
    searching().prepare(index);
  }

  @Override
  public <T> List<T> search(SearchIndex index, Class<T> type, String words, int limit, int offset) {
    wire.pass();
    return searching().search(index, type, words, limit, offset);
  }

  private Search searching() {
    if (store instanceof Search search) {
      return search;
    }
    throw new IllegalArgumentException(store.engine() + " cannot search (expected: a store that is a Search)");
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    wire.pass();
    return store.update(sql, args);
  }

  @Override
  public <T> T transaction(TransactionWork<T> work) {
    wire.pass();
    T result = store.transaction(work);
    wire.committed();
    return result;
  }

  @Override
  public String engine() {
    return store.engine();
  }

  @Override
  public Place place() {
    return store.place();
  }

  @Override
  public Position position() {
    return store.position();
  }

  @Override
  public Optional<Replica> replica() {
    return store.replica();
  }

  @Override
  public void close() {
    store.close();
  }
}
