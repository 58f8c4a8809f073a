package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.data.replica.Origin.Identity;
import dev.edge4j.data.replica.Slots.Slot;
import dev.edge4j.data.replica.TableShape.Column;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A copy goes on only where nothing can have been lost. */
class ResumeTest {
  private static final ReplicaMeta META = new ReplicaMeta("i", "edge_shop_a", "edge_shop_1", "77", 1, 10);
  private static final Identity ORIGIN = new Identity("77", 1, 1_000);
  private static final TableShape TABLE = new TableShape("public", "t", List.of(new Column("id", 20, -1, 20, -1)), List
      .of("id"), false,
      List.of());

  @Test
  void goesOnFromWhereTheSlotIsOrLater() {
    assertEquals(Optional.empty(), refusal(META, 500, ORIGIN, slot(500, false), TABLE));
    assertEquals(Optional.empty(), refusal(META, 501, ORIGIN, slot(500, false), TABLE));
  }

  @Test
  void aConfirmedPositionThatIsAheadWouldBeSkippedToWithoutAWord() {
    assertEquals("it stands at 0/1F3, behind what was confirmed: 0/1F4", refusal(META, 499, ORIGIN, slot(500, false),
        TABLE).orElseThrow());
  }

  @Test
  void anOriginThatHasLostItsEndIsNotFollowed() {
    assertEquals("it stands at 0/3E9, and the origin has come back without what is behind 0/3E8", refusal(META, 1_001,
        ORIGIN, slot(500,
            false), TABLE).orElseThrow());
  }

  @Test
  void anotherSystemAnotherTimelineAndAnotherPublicationAreNotTheSame() {
    assertEquals("the origin is another system: 78 in place of 77", refusal(META, 500, new Identity("78", 1, 1_000),
        slot(500, false), TABLE)
        .orElseThrow());
    assertEquals("the origin has failed over: timeline 2 in place of 1", refusal(META, 500, new Identity("77", 2,
        1_000), slot(500, false),
        TABLE).orElseThrow());
    assertEquals("it is a copy of publication edge_shop_1, and edge_shop_2 is wanted", Resume.refusal(META, 500,
        "edge_shop_2", ORIGIN, slot(
            500, false), List.of(TABLE), List.of(TABLE)).orElseThrow());
  }

  @Test
  void aSlotThatIsGoneOrLostOrWasTemporaryDoesNotDo() {
    assertEquals("slot edge_shop_a is gone", refusal(META, 500, ORIGIN, Optional.empty(), TABLE).orElseThrow());
    assertEquals("slot edge_shop_a has lost the log it needs (max_slot_wal_keep_size)", refusal(META, 500, ORIGIN, slot(
        500, true), TABLE)
        .orElseThrow());
    var temporary = new ReplicaMeta("i", "", "edge_shop_1", "77", 1, 10);
    assertEquals("it was followed by a temporary slot, which has gone with its connection", refusal(temporary, 500,
        ORIGIN, Optional.empty(),
        TABLE).orElseThrow());
  }

  @Test
  void aTableThatHasChangedIsCopiedAnew() {
    var wider = new TableShape("public", "t", List.of(new Column("id", 20, -1, 20, -1), new Column("n", 23, -1, 23,
        -1)), List.of("id"), false,
        List.of());
    assertEquals("table t had the columns [id] and has [id, n]", refusal(META, 500, ORIGIN, slot(500, false), wider)
        .orElseThrow());
    var other = new TableShape("public", "t", List.of(new Column("id", 23, -1, 23, -1)), List.of("id"), false, List
        .of());
    assertEquals("table t: the type of a column has changed", refusal(META, 500, ORIGIN, slot(500, false), other)
        .orElseThrow());
    var whole = new TableShape("public", "t", TABLE.columns(), List.of("id"), true, List.of());
    assertEquals("table t has another replica identity", refusal(META, 500, ORIGIN, slot(500, false), whole)
        .orElseThrow());
    var renamed = new TableShape("public", "u", TABLE.columns(), List.of("id"), false, List.of());
    assertEquals("table u is new", refusal(META, 500, ORIGIN, slot(500, false), renamed).orElseThrow());
  }

  private static Optional<Slot> slot(long confirmed, boolean lost) {
    return Optional.of(new Slot("edge_shop_a", confirmed, lost, 0));
  }

  private static Optional<String> refusal(ReplicaMeta meta, long applied, Identity origin, Optional<Slot> slot,
      TableShape now) {
    return Resume.refusal(meta, applied, "edge_shop_1", origin, slot, List.of(TABLE), List.of(now));
  }
}
