package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.replica.PgMessage.Attribute;
import dev.edge4j.data.replica.PgMessage.Old;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The origin's messages are read from bytes as PostgreSQL documents them, and what is cut short is refused. */
class PgOutputTest {
  private final ByteBuffer bytes = ByteBuffer.allocate(1_000);

  @Test
  void readsTheFrameOfATransaction() {
    kind('B').putLong(0x16B374D848L).putLong(7).putInt(99);
    assertEquals(new PgMessage.Begin(0x16B374D848L, 99), decoded());
    kind('C').put((byte) 0).putLong(5).putLong(6).putLong(7);
    assertEquals(new PgMessage.Commit(5, 6), decoded());
  }

  @Test
  void readsTheShapeOfATable() {
    kind('R').putInt(16_384);
    text("public").put((byte) 0);
    text("products").put((byte) 0).put((byte) 'd').putShort((short) 2).put((byte) 1);
    text("id").put((byte) 0).putInt(20).putInt(-1).put((byte) 0);
    text("price").put((byte) 0).putInt(1700).putInt(655_366);
    assertEquals(new PgMessage.Relation(16_384, "public", "products", 'd', List.of(new Attribute("id", 20, -1),
        new Attribute("price", 1700,
            655_366))), decoded());
  }

  @Test
  void readsRowsWithNullsTextsAndWhatWasNotSent() {
    kind('I').putInt(7).put((byte) 'N');
    row();
    isThatRow(assertInstanceOf(PgMessage.Insert.class, decoded()).row());
    kind('U').putInt(7).put((byte) 'N');
    row();
    var update = assertInstanceOf(PgMessage.Update.class, decoded());
    assertEquals(7, update.relation());
    assertEquals(Optional.empty(), update.old());
    isThatRow(update.row());
    kind('U').putInt(7).put((byte) 'K').putShort((short) 1).put((byte) 't').putInt(1);
    text("1").put((byte) 'N');
    row();
    update = assertInstanceOf(PgMessage.Update.class, decoded());
    Old old = update.old().orElseThrow();
    assertFalse(old.whole());
    assertEquals("1", old.row().text(0));
    isThatRow(update.row());
    kind('D').putInt(7).put((byte) 'O');
    row();
    var delete = assertInstanceOf(PgMessage.Delete.class, decoded());
    assertTrue(delete.old().whole());
    isThatRow(delete.old().row());
  }

  @Test
  void readsTruncationsAndEmittedMessages() {
    kind('T').putInt(2).put((byte) 3).putInt(7).putInt(8);
    assertEquals(new PgMessage.Truncate(List.of(7, 8)), decoded());
    kind('M').put((byte) 1).putLong(9);
    text("edge4j.schema").put((byte) 0).putInt(2).put(new byte[]{1, 2});
    var emitted = (PgMessage.Emitted) decoded();
    assertEquals("edge4j.schema", emitted.prefix());
    assertArrayEquals(new byte[]{1, 2}, emitted.content());
    kind('O').putLong(1);
    text("elsewhere").put((byte) 0);
    assertEquals(new PgMessage.Other('O'), decoded());
  }

  @Test
  void refusesWhatIsCutShortWhatIsTooLongAndWhatIsUnknown() {
    kind('I').putInt(7).put((byte) 'N');
    row();
    var whole = new byte[bytes.flip().remaining()];
    bytes.get(whole);
    for (int length = 1; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
      assertThrows(IllegalArgumentException.class, () -> PgOutput.decode(cut), "cut to " + length);
    }
    kind('C').put((byte) 0).putLong(5).putLong(6).putLong(7).put((byte) 1);
    assertEquals("1 bytes behind a message of kind 'C'", assertThrows(IllegalArgumentException.class, this::decoded)
        .getMessage());
    kind('S').putInt(1);
    assertEquals("a message of kind 'S' (expected: one of pgoutput, protocol version 1)", assertThrows(
        IllegalArgumentException.class,
        this::decoded).getMessage());
    kind('R').putInt(1).put(new byte[]{'a', 'b'});
    assertThrows(IllegalArgumentException.class, this::decoded, "a name without its end");
  }

  @Test
  void positionsAreWrittenAsPostgresWritesThem() {
    assertEquals(0x16B374D848L, Lsn.parse("16/B374D848"));
    assertEquals("16/B374D848", Lsn.text(0x16B374D848L));
    assertEquals("0/0", Lsn.text(0));
    assertThrows(IllegalArgumentException.class, () -> Lsn.parse("16"));
  }

  private ByteBuffer kind(char kind) {
    return bytes.clear().put((byte) kind);
  }

  private ByteBuffer text(String text) {
    return bytes.put(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void isThatRow(Row row) {
    assertEquals(4, row.size());
    assertEquals("42", row.text(0));
    assertTrue(row.isNull(1) && row.isUnchanged(2) && row.hasUnchanged());
    assertFalse(row.isNull(0) || row.isNull(2) || row.isUnchanged(0) || row.isUnchanged(1));
    assertEquals("ä\n🍵", row.text(3));
  }

  private void row() {
    bytes.putShort((short) 4).put((byte) 't').putInt(2);
    text("42").put((byte) 'n').put((byte) 'u').put((byte) 't').putInt(7);
    text("ä\n🍵");
  }

  private PgMessage decoded() {
    return PgOutput.decode(bytes.flip());
  }
}
