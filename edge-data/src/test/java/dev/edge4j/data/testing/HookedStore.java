package dev.edge4j.data.testing;

import dev.edge4j.Place;
import dev.edge4j.data.ChangeFeed;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.Position;
import dev.edge4j.data.Replica;
import dev.edge4j.data.RowChange;
import dev.edge4j.data.Search;
import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.TransactionWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Another store with something that runs before each statement; it searches by LIKE, and tells what the test says has changed. */
public final class HookedStore implements DataStore, Search, ChangeFeed {
  private final DataStore rows;
  private final AtomicReference<Runnable> before = new AtomicReference<>(() -> {
    // Nothing yet.
  });
  private final List<Consumer<List<RowChange>>> listeners = new CopyOnWriteArrayList<>();

  public HookedStore(DataStore rows) {
    this.rows = rows;
  }

  public void before(Runnable hook) {
    before.set(hook);
  }

  public void tell(List<RowChange> changes) {
    listeners.forEach(listener -> listener.accept(changes));
  }

  public int watchers() {
    return listeners.size();
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    before.get().run();
    return rows.query(type, sql, args);
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    before.get().run();
    return rows.update(sql, args);
  }

  @Override
  public <T> T transaction(TransactionWork<T> work) {
    before.get().run();
    return rows.transaction(work);
  }

  @Override
  public void prepare(SearchIndex index) {}

  @Override
  public <T> List<T> search(SearchIndex index, Class<T> type, String words, int limit, int offset) {
    before.get().run();
    return rows.query(type, "SELECT * FROM " + index.table() + " WHERE " + index.columns().getFirst()
        + " LIKE '%' || :words || '%' ORDER BY " + index.key() + " LIMIT :limit OFFSET :offset", Map.of("words", words,
            "limit", limit, "offset", offset));
  }

  @Override
  public Subscription watch(Set<String> tables, Consumer<List<RowChange>> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public String engine() {
    return "hooked";
  }

  @Override
  public Place place() {
    return rows.place();
  }

  @Override
  public Position position() {
    return rows.position();
  }

  @Override
  public Optional<Replica> replica() {
    return rows.replica();
  }

  @Override
  public void close() {
    rows.close();
  }
}
