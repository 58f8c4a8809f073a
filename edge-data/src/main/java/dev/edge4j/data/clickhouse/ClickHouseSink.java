package dev.edge4j.data.clickhouse;

import dev.edge4j.data.IdempotentSink;
import dev.edge4j.data.JsonEvent;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Events as rows of a ClickHouse table: a field goes to the column of its name, where {@code createdAt} and {@code created_at} are one, and
 * a column without a field gets its default. Each call is one insert, which ClickHouse wants large and rare: put a
 * {@link dev.edge4j.data.BatchingSink} or an outbox in front of it.
 *
 * <p>A call of up to a million events and 256 MB is all or none within a partition. {@link #appendOnce} counts a batch once if the table
 * knows batches again, which it does if it is replicated or has {@code non_replicated_deduplication_window}, as tables made by
 * {@link Builder#createTable} have; {@link #countsOnce} says so. The window counts the batches of all writers, so it must be longer than
 * what the others write while one cannot. A table that is not replicated notes the token before the rows are in place
 * (MergeTreeSink.cpp): if the ClickHouse server is killed in between, the batch tried again is taken for known, and lost.
 *
 * <p>Errors: {@link StoreException#permanent()} if the events are at fault, as with a field that has no column or a value that cannot be
 * read as its type; the message names the column. Anything else, be it a server that is away, a wrong password or a missing table, may help itself
 * in time. ClickHouse itself lets a number that is too large wrap around, and takes a null for the default. The server is asked nothing before the
 * first event. Safe for use by many threads.
 */
public final class ClickHouseSink implements IdempotentSink {
  private final ClickHouseHttp http;
  private final String database;
  private final String table;
  private final boolean skipUnknown;
  private final KnownTable known;
  private volatile boolean closed;

  private ClickHouseSink(Builder options) {
    this.http = new ClickHouseHttp(options.url, options.user, options.password, options.gzip, options.timeout);
    this.database = options.database;
    this.table = options.table;
    this.skipUnknown = options.skipUnknown;
    this.known = new KnownTable(http, database, table, options.definition);
  }

  /** A sink into a table of the database {@code default}, as the user {@code default} without a password. */
  public static ClickHouseSink of(String url, String table) {
    return builder(url, table).build();
  }

  /**
   * A sink with options.
   *
   * @param url of the HTTP interface, as in {@code http://127.0.0.1:8123}
   */
  public static Builder builder(String url, String table) {
    return new Builder(url, table);
  }

  @Override
  public void appendAll(List<?> events) {
    // A token here too: a table that knows batches again takes one of the same bytes for a repetition.
    insert(UUID.randomUUID().toString(), events);
  }

  @Override
  public void appendOnce(String token, List<?> events) {
    insert(token, events);
  }

  /**
   * Whether server and table know a batch again, so that {@link #appendOnce} counts it once. Asks the server if it has not been asked; throws
   * {@link StoreException} if that fails.
   */
  public boolean countsOnce() {
    return known.table().countsOnce();
  }

  @Override
  public String engine() {
    return "clickhouse";
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    closed = true;
    http.close();
  }

  private void insert(String token, List<?> events) {
    List<JsonEvent> rows = events.stream().map(JsonEvent::of).toList();
    if (closed) {
      throw new StoreException(Reason.CLOSED, "the event sink is closed");
    }
    if (rows.isEmpty()) {
      return;
    }
    ClickHouseTable into = skipUnknown ? known.table() : known.fitting(rows);
    String body = rows.stream().map(into.columns()::row).collect(Collectors.joining("\n"));
    http.insert(parameters(into, token), body.getBytes(StandardCharsets.UTF_8));
  }

  /** The settings that make an insert mean the same on every version, given each time: servers and users have defaults of their own. */
  private Map<String, String> parameters(ClickHouseTable into, String token) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("query", "INSERT INTO " + Names.quoted(database) + "." + Names.quoted(table)
        + " FORMAT JSONEachRow");
    parameters.put("input_format_skip_unknown_fields", skipUnknown ? "1" : "0");
    parameters.put("date_time_input_format", "best_effort"); // ISO 8601, as JSON has it
    parameters.put("wait_end_of_query", "1"); // an error after the head would come with status 200
    if (into.knowsAsync()) {
      parameters.put("async_insert", "0"); // batches are made here, and answered for
    }
    if (into.knowsTokens()) {
      parameters.put("insert_deduplication_token", token);
    }
    return parameters;
  }

  /** Options of a sink. Not safe for use by several threads. */
  public static final class Builder {
    private final URI url;
    private final String table;
    private String database = "default";
    private String user = "";
    private String password = "";
    private boolean gzip;
    private boolean skipUnknown;
    private Duration timeout = Duration.ofSeconds(30);
    private Optional<TableDefinition> definition = Optional.empty();

    private Builder(String url, String table) {
      this.url = address(url);
      this.table = checked(table);
    }

    public Builder database(String name) {
      this.database = checked(name);
      return this;
    }

    public Builder user(String name, String secret) {
      this.user = name;
      this.password = secret;
      return this;
    }

    /** Packs what is sent: about a tenth of the bytes, for some of the processor. */
    public Builder gzip() {
      this.gzip = true;
      return this;
    }

    /** Fields without a column are left out, instead of their event being refused. */
    public Builder skipUnknownFields() {
      this.skipUnknown = true;
      return this;
    }

    /** How long an answer may take, 30 seconds by default. After it nobody knows whether the events were taken. */
    public Builder timeout(Duration atMost) {
      if (!atMost.isPositive()) {
        throw new IllegalArgumentException("timeout: " + atMost + " (expected: a positive duration)");
      }
      this.timeout = atMost;
      return this;
    }

    /**
     * Makes the table, if it is not there, with a column for each component of a record, sorted by some of them; it knows the last 10,000
     * batches again. Throws {@link IllegalArgumentException} for a component that is no column, naming it.
     */
    public Builder createTable(Class<? extends Record> type, String... orderBy) {
      this.definition = Optional.of(TableDefinition.of(type, List.of(orderBy)));
      return this;
    }

    /** The sink; the server is not asked yet. */
    public ClickHouseSink build() {
      return new ClickHouseSink(this);
    }

    private static String checked(String name) {
      Names.quoted(name);
      return name;
    }

    private static URI address(String text) {
      URI url = URI.create(text);
      if (url.getUserInfo() != null) { // not shown: it holds a password
        throw new IllegalArgumentException("url with a user (expected: the user by user(...))");
      }
      if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?") || url.getQuery() != null
          || !url.getPath().matches("/?")) {
        throw new IllegalArgumentException("url: " + text
            + " (expected: as in http://127.0.0.1:8123, and the database by database(...))");
      }
      return URI.create(url.getScheme() + "://" + url.getRawAuthority());
    }
  }
}
