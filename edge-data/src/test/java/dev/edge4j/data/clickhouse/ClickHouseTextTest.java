package dev.edge4j.data.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.JsonEvent;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said to ClickHouse, and what its answers mean, without a server. */
class ClickHouseTextTest {
  record Odd(Duration lasted) {}

  record Row(long id, Optional<String> note) {}

  @Test
  void errorsOfOldServersAndNewOnesAreUnderstood() {
    StoreException old = ClickHouseErrors.of("a:1", 500,
        "Code: 117, e.displayText() = DB::Exception: Unknown field found while parsing JSONEachRow format: bad: (at row 3)\n, e.what() = DB::Exception");
    assertEquals(Reason.INVALID, old.reason());
    assertTrue(old.getMessage().startsWith("ClickHouse at a:1 cannot take unknown column bad of event 3: Code: 117"),
        old
            .getMessage());
    assertEquals(Reason.FAILED, ClickHouseErrors.of("a:1", 500, "Code: 252. DB::Exception: Too many parts").reason());
    assertEquals(Reason.FAILED, ClickHouseErrors.of("a:1", 502, "<html>Bad Gateway Code: 117</html>").reason());
    assertEquals(Reason.FAILED, ClickHouseErrors.of("a:1", 503, "").reason());
  }

  @Test
  void aFieldThatTwoColumnsFitMustBeOneOfThem() {
    var columns = new Columns(List.of("created_at", "createdAt", "n"));
    assertEquals(Optional.of("CREATEDAT"), columns.unknown(JsonEvent.of(Map.of("CREATEDAT", 1))));
    assertEquals("{\"createdAt\":1}", columns.row(JsonEvent.of(Map.of("createdAt", 1))));
    assertEquals("{\"n\":1}", columns.row(JsonEvent.of(Map.of("N", 1))));
  }

  @Test
  void namesAndTypesThatWouldNeedQuotingAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ClickHouseSink.of("http://a", "x; DROP TABLE y"));
    assertThrows(IllegalArgumentException.class, () -> ClickHouseSink.of("a:8123", "x"));
    var shown = assertThrows(IllegalArgumentException.class, () -> ClickHouseSink.of("http://me:secret@a", "x"));
    assertFalse(String.valueOf(shown.getMessage()).contains("secret"));
    var odd = assertThrows(IllegalArgumentException.class, () -> TableDefinition.of(Odd.class, List.of()));
    assertTrue(String.valueOf(odd.getMessage()).startsWith("Odd.lasted: java.time.Duration is no column"));
    assertThrows(IllegalArgumentException.class, () -> TableDefinition.of(Row.class, List.of("note")));
    assertEquals(
        "CREATE TABLE IF NOT EXISTS t (`id` Int64, `note` Nullable(String)) ENGINE = MergeTree ORDER BY (`id`)",
        TableDefinition.of(Row.class, List.of("id")).create("t", false));
  }

  @Test
  void aTableSaysWhetherItKnowsABatchAgain() {
    assertTrue(ClickHouseTable.heedsTokens(
        "MergeTree ORDER BY tuple() SETTINGS non_replicated_deduplication_window = 100"));
    assertFalse(ClickHouseTable.heedsTokens("MergeTree ORDER BY tuple() SETTINGS index_granularity = 8192"));
    assertTrue(ClickHouseTable.heedsTokens("ReplicatedMergeTree('/a', 'b') ORDER BY tuple()"));
    assertFalse(ClickHouseTable.heedsTokens(
        "ReplicatedMergeTree('/a', 'b') ORDER BY tuple() SETTINGS replicated_deduplication_window = 0"));
  }
}
