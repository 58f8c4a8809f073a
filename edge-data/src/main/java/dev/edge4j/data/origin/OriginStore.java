package dev.edge4j.data.origin;

import dev.edge4j.Place;
import dev.edge4j.client.OriginOptions;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.MappingException;
import dev.edge4j.data.Position;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.TransactionWork;
import dev.edge4j.data.sql.RecordMapper;
import dev.edge4j.env.Secret;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class of data that is asked of an {@link OriginService}, over HTTP: {@code query(Product.class, "catalog.byCategory", args)}. Where
 * other stores take SQL this one takes the name of a statement that the origin has registered; or its registered text, so that the same
 * query runs on a replica too. Safe for use by many threads.
 *
 * <p>What changes rows is sent once. If its answer is lost the {@link StoreException} says that the outcome is unknown; a read is asked once
 * more. {@link #position} is that of the origin's store, as its answers tell, so bookmarks of a mesh work over it.
 *
 * <p>A transaction is code of the origin: see {@link #call}. {@link #transaction} refuses.
 */
public final class OriginStore implements DataStore {
  private static final JsonCodec JSON = JsonCodec.jackson();
  private static final Place PLACE = Place.origin("a service of the origin keeps its rows");

  private final ServiceLink link;
  private final Place place;

  private OriginStore(ServiceLink link, Place place) {
    this.link = link;
    this.place = place;
  }

  /** The service at that address, {@code https://origin.example.com/data}; nothing is asked yet. */
  public static OriginStore of(String url, Secret token) {
    return of(url, token, OriginOptions.defaults());
  }

  /** The same, asked as those options say. {@link IllegalArgumentException} for what is no address. */
  public static OriginStore of(String url, Secret token, OriginOptions options) {
    return new OriginStore(ServiceLink.to(url, token, options), PLACE);
  }

  /** The same store, declared to be in that place. Closing one closes both. */
  public OriginStore at(Place where) {
    return new OriginStore(link, where);
  }

  /** Rows of a registered query. */
  @Override
  public <T> List<T> query(Class<T> type, String statement, Map<String, ?> args) {
    Map<?, ?> answer = link.read("/query", Map.of("statement", statement, "args", encode(args)));
    if (!(answer.get("columns") instanceof List<?> columns) || !(answer.get("rows") instanceof List<?> rows)) {
      throw link.malformed("columns and rows");
    }
    List<String> names = columns.stream().map(String::valueOf).toList();
    RecordMapper.Row<T> mapper = RecordMapper.of(type).bind(names);
    List<T> mapped = new ArrayList<>(rows.size());
    for (Object row : rows) {
      mapped.add(mapper.map(values(row, names.size())));
    }
    return mapped;
  }

  private @Nullable Object[] values(@Nullable Object row, int columns) {
    if (!(row instanceof List<?> cells) || cells.size() != columns) {
      throw link.malformed("rows of " + columns + " columns");
    }
    try {
      return cells.stream().map(WireValue::decode).toArray();
    } catch (IllegalArgumentException e) {
      throw link.malformed(String.valueOf(e.getMessage()));
    }
  }

  /** Runs a registered statement; how many rows it has changed. */
  @Override
  public long update(String statement, Map<String, ?> args) {
    Map<?, ?> answer = link.write("/update", Map.of("statement", statement, "args", encode(args)));
    if (answer.get("changed") instanceof Number changed) {
      return changed.longValue();
    }
    throw link.malformedWrite("changed, a number");
  }

  /**
   * Has the origin do a registered operation, in one transaction there. Throws {@link StoreException} as a transaction does, and the
   * {@link dev.edge4j.HttpError} of the 400s that the operation threw. It may be done and its answer lost: what must not happen twice carries an id in its
   * argument, by which the operation knows it again.
   */
  public <A, R> R call(OriginOperation<A, R> operation, A argument) {
    Map<?, ?> answer = link.write("/call", Map.of("operation", operation.name(), "argument", argument));
    Object result = answer.get("result");
    if (result == null) {
      throw link.malformedWrite("result");
    }
    try {
      return JSON.read(JSON.write(result), operation.result());
    } catch (JsonException e) {
      throw new MappingException("the result of " + operation.name() + " is no " + operation.result().getSimpleName()
          + ": " + e.field() + " " + e.getMessage(), e);
    }
  }

  /** Refuses: an origin runs no code of its callers. */
  @Override
  public <T> T transaction(TransactionWork<T> work) {
    throw new StoreException(Reason.STATEMENT, link + ": a transaction from outside (expected: call(...) of an"
        + " OriginOperation, which is one)");
  }

  private static Map<String, @Nullable Object> encode(Map<String, ?> args) {
    Map<String, @Nullable Object> encoded = new HashMap<>();
    args.forEach((name, value) -> encoded.put(name, WireValue.encode(":" + name, value)));
    return encoded;
  }

  @Override
  public String engine() {
    return "origin service";
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public Position position() {
    return link.position();
  }

  @Override
  public void close() {
    link.close();
  }
}
