package dev.edge4j.data.replica;

import dev.edge4j.data.replica.PgMessage.Attribute;
import dev.edge4j.data.replica.PgMessage.Old;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads messages of pgoutput. Pure. */
final class PgOutput {
  private PgOutput() {}

  /** The message, which keeps the bytes; throws {@link IllegalArgumentException} for what is none, cut short or too long. */
  static PgMessage decode(ByteBuffer given) {
    ByteBuffer bytes = given.hasArray() ? given : ByteBuffer.allocate(given.remaining()).put(given).flip();
    char kind = (char) bytes.get();
    try {
      PgMessage message = decode(kind, bytes);
      if (bytes.hasRemaining() && !(message instanceof PgMessage.Other)) {
        throw new IllegalArgumentException(bytes.remaining() + " bytes behind a message of kind '" + kind + "'");
      }
      return message;
    } catch (java.nio.BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("a message of kind '" + kind + "' is cut short", e);
    }
  }

  private static PgMessage decode(char kind, ByteBuffer bytes) {
    return switch (kind) {
      case 'B' -> begin(bytes);
      case 'C' -> commit(bytes);
      case 'R' -> relation(bytes);
      case 'I' -> new PgMessage.Insert(bytes.getInt(), expected('N', bytes));
      case 'U' -> update(bytes);
      case 'D' -> new PgMessage.Delete(bytes.getInt(), old((char) bytes.get(), bytes));
      case 'T' -> truncate(bytes);
      case 'M' -> emitted(bytes);
      case 'O', 'Y' -> new PgMessage.Other(kind);
      default -> throw new IllegalArgumentException("a message of kind '" + kind
          + "' (expected: one of pgoutput, protocol version 1)");
    };
  }

  private static PgMessage begin(ByteBuffer bytes) {
    long lsn = bytes.getLong();
    bytes.getLong(); // when, by the origin's clock
    return new PgMessage.Begin(lsn, bytes.getInt());
  }

  private static PgMessage commit(ByteBuffer bytes) {
    bytes.get(); // flags, none defined
    long lsn = bytes.getLong();
    long end = bytes.getLong();
    bytes.getLong(); // when, by the origin's clock
    return new PgMessage.Commit(lsn, end);
  }

  private static PgMessage relation(ByteBuffer bytes) {
    int id = bytes.getInt();
    String schema = string(bytes);
    String table = string(bytes);
    char identity = (char) bytes.get();
    int count = bytes.getShort();
    var columns = new ArrayList<Attribute>(count);
    for (int i = 0; i < count; i++) {
      bytes.get(); // flags: whether it is part of the identity, which the catalog tells better
      columns.add(new Attribute(string(bytes), bytes.getInt(), bytes.getInt()));
    }
    return new PgMessage.Relation(id, schema, table, identity, List.copyOf(columns));
  }

  private static PgMessage update(ByteBuffer bytes) {
    int relation = bytes.getInt();
    char next = (char) bytes.get();
    if (next == 'N') {
      return new PgMessage.Update(relation, Optional.empty(), Row.read(bytes));
    }
    Old old = old(next, bytes);
    return new PgMessage.Update(relation, Optional.of(old), expected('N', bytes));
  }

  private static Old old(char kind, ByteBuffer bytes) {
    if (kind != 'K' && kind != 'O') {
      throw new IllegalArgumentException("a row of kind '" + kind + "' (expected: K or O)");
    }
    return new Old(kind == 'O', Row.read(bytes));
  }

  private static PgMessage truncate(ByteBuffer bytes) {
    int count = bytes.getInt();
    bytes.get(); // options: CASCADE is carried out by naming all tables, RESTART IDENTITY does not concern a copy
    var relations = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      relations.add(bytes.getInt());
    }
    return new PgMessage.Truncate(List.copyOf(relations));
  }

  private static PgMessage emitted(ByteBuffer bytes) {
    bytes.get(); // flags: whether it is part of a transaction
    bytes.getLong(); // where it stands
    String prefix = string(bytes);
    var content = new byte[bytes.getInt()];
    bytes.get(content);
    return new PgMessage.Emitted(prefix, content);
  }

  private static Row expected(char kind, ByteBuffer bytes) {
    char is = (char) bytes.get();
    if (is != kind) {
      throw new IllegalArgumentException("a row of kind '" + is + "' (expected: " + kind + ")");
    }
    return Row.read(bytes);
  }

  private static String text(ByteBuffer bytes, int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new java.nio.BufferUnderflowException();
    }
    String text = new String(bytes.array(), bytes.arrayOffset() + bytes.position(), length, StandardCharsets.UTF_8);
    bytes.position(bytes.position() + length);
    return text;
  }

  private static String string(ByteBuffer bytes) {
    int length = 0;
    while (bytes.get(bytes.position() + length) != 0) {
      length++;
      if (length == bytes.remaining()) {
        throw new java.nio.BufferUnderflowException();
      }
    }
    String text = text(bytes, length);
    bytes.get();
    return text;
  }
}
