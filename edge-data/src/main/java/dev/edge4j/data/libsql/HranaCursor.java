package dev.edge4j.data.libsql;

import dev.edge4j.Deadline;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.libsql.HranaOutcome.Failed;
import dev.edge4j.data.sql.RecordMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of one statement as they come: an answer of JSON lines (Hrana 3, "Cursors"). Confined to one thread. */
final class HranaCursor {
  private static final Logger LOG = LoggerFactory.getLogger(HranaCursor.class);

  private final HranaLink link;
  private final Positions positions;
  private final HranaStream stream;

  HranaCursor(HranaLink link, Positions positions) {
    this.link = link;
    this.positions = positions;
    this.stream = new HranaStream(link, positions);
  }

  <T> long forEach(Class<T> type, HranaStatement statement, OptionalLong hint, Consumer<? super T> each)
      throws HranaException {
    Map<String, Object> batch = new HashMap<>();
    batch.put("steps", List.of(Map.of("stmt", statement.json(true))));
    hint.ifPresent(index -> batch.put("replication_index", Long.toString(index)));
    Deadline deadline = QueryDeadline.current();
    try (HranaBody body = link.post(link.base(), "/v3/cursor", Map.of("batch", batch), deadline)) {
      Map<?, ?> head = HranaJson.read(body.line());
      stream.opened(HranaJson.optionalText(head.get("baton"), "baton"), HranaJson.optionalText(head.get("base_url"),
          "base_url"));
      return rows(type, body, each);
    } finally {
      close();
    }
  }

  private <T> long rows(Class<T> type, HranaBody body, Consumer<? super T> each) throws HranaException {
    List<String> columns = List.of();
    RecordMapper.@Nullable Row<T> mapper = null;
    long count = 0;
    boolean ended = false;
    for (byte[] line = body.line(); line.length > 0; line = body.line()) {
      Map<?, ?> entry = HranaJson.read(line);
      switch (HranaJson.text(entry.get("type"), "an entry's type")) {
        case "step_begin" -> {
          columns = HranaResult.columns(entry.get("cols"));
          mapper = RecordMapper.of(type).bind(columns);
        }
        case "row" -> {
          if (mapper == null) {
            throw HranaException.malformed("a row before its columns");
          }
          each.accept(mapper.map(HranaResult.values(columns, entry.get("row"))));
          count++;
        }
        case "step_end" -> ended = true;
        case "step_error", "error" -> throw LibsqlErrors.failed(link.base(), Failed.of(HranaJson.object(entry.get(
            "error"), "error")));
        case "replication_index" -> positions.saw(HranaJson.count(entry.get("replication_index"), "replication_index"));
        default -> LOG.debug("an entry that this version does not know: {}", entry);
      }
    }
    if (!ended) {
      throw HranaException.lost("the rows broke off after " + count, null);
    }
    return count;
  }

  /** The server would close the stream after a while. */
  private void close() {
    try {
      stream.close(link.deadline());
    } catch (HranaException | RuntimeException e) {
      LOG.debug("a stream is left to the server, which closes it", e);
    }
  }
}
