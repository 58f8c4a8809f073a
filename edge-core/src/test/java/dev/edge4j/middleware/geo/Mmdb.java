package dev.edge4j.middleware.geo;

import dev.edge4j.http.AddressBlock;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes small databases by MaxMind DB File Format Specification 2.0: records of 32 bits, IPv6, IPv4 networks below ::/96. */
final class Mmdb {
  private static final int EMPTY = -1;

  private final List<int[]> nodes = new ArrayList<>(List.of(new int[]{EMPTY, EMPTY}));
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  /** Larger networks before those in them. */
  Mmdb with(String network, Map<String, ?> record) {
    AddressBlock block = AddressBlock.of(network);
    byte[] given = block.first().getAddress();
    var address = new byte[16];
    System.arraycopy(given, 0, address, 16 - given.length, given.length);
    int bits = block.bits() + (16 - given.length) * 8;
    int offset = data.size();
    write(data, record);
    int node = 0;
    for (int i = 0; i < bits - 1; i++) {
      node = down(node, bit(address, i));
    }
    nodes.get(node)[bit(address, bits - 1)] = -2 - offset;
    return this;
  }

  private static int bit(byte[] address, int index) {
    return address[index / 8] >> (7 - index % 8) & 1;
  }

  /** A network that is split hands what it holds down to both halves. */
  private int down(int node, int side) {
    int next = nodes.get(node)[side];
    if (next < 0) {
      nodes.add(new int[]{next, next});
      next = nodes.size() - 1;
      nodes.get(node)[side] = next;
    }
    return next;
  }

  byte[] bytes() {
    var all = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int record : node) {
        int value = record >= 0 ? record : record == EMPTY ? nodes.size() : nodes.size() + 16 + (-2 - record);
        all.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
      }
    }
    all.writeBytes(new byte[16]);
    all.writeBytes(data.toByteArray());
    all.writeBytes(new byte[]{(byte) 0xab, (byte) 0xcd, (byte) 0xef});
    all.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
    write(all, Map.of("node_count", nodes.size(), "record_size", (short) 32, "ip_version", (short) 6, "database_type",
        "Test",
        "languages", List.of("en"), "binary_format_major_version", (short) 2, "binary_format_minor_version", (short) 0,
        "build_epoch", 1_700_000_000L, "description", Map.of("en", "for tests")));
    return all.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        control(out, 2, bytes.length);
        out.writeBytes(bytes);
      }
      case Double number -> {
        control(out, 3, 8);
        out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
      }
      case Short number -> {
        control(out, 5, 2);
        out.writeBytes(ByteBuffer.allocate(2).putShort(number).array());
      }
      case Integer number -> {
        control(out, 6, 4);
        out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
      }
      case Long number -> {
        control(out, 9, 8);
        out.writeBytes(ByteBuffer.allocate(8).putLong(number).array());
      }
      case Map<?, ?> map -> {
        control(out, 7, map.size());
        map.forEach((name, member) -> {
          write(out, name);
          write(out, member);
        });
      }
      case List<?> list -> {
        control(out, 11, list.size());
        list.forEach(element -> write(out, element));
      }
      default -> throw new IllegalArgumentException("a value of " + value.getClass());
    }
  }

  private static void control(ByteArrayOutputStream out, int type, int size) {
    int small = Math.min(size, 29);
    out.write((type < 8 ? type << 5 : 0) | small);
    if (type >= 8) {
      out.write(type - 7);
    }
    if (small == 29) {
      out.write(size - 29);
    }
  }
}
