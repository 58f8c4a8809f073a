package dev.edge4j.server.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The few forms of DER (ITU-T X.690) that a certificate and a key need: each method gives one whole value, tag and length included. */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return value(SET, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] octets(byte[] bytes) {
    return value(OCTET_STRING, bytes);
  }

  /** Whole bytes: no bit of the last one is unused. */
  static byte[] bits(byte[] bytes) {
    return value(BIT_STRING, new byte[]{0}, bytes);
  }

  /** A string of named bits, of which so many at the end of the last byte are unused. */
  static byte[] bits(int unused, int lastByte) {
    return value(BIT_STRING, new byte[]{(byte) unused, (byte) lastByte});
  }

  static byte[] utf8(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A time before 2050 as {@code yyMMddHHmmssZ} (RFC 5280 section 4.1.2.5). */
  static byte[] time(String text) {
    return value(UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A value with a tag of its own, around whole values: {@code [number] EXPLICIT}. */
  static byte[] explicit(int number, byte[]... parts) {
    return value(CONTEXT | CONSTRUCTED | number, parts);
  }

  /** A primitive value under a tag of its own: {@code [number] IMPLICIT}. */
  static byte[] implicit(int number, byte[] content) {
    return value(CONTEXT | number, content);
  }

  /** An object identifier, such as {@code 1.2.840.10045.4.3.2}. */
  static byte[] oid(String dotted) {
    long[] arcs = Arrays.stream(dotted.split("\\.")).mapToLong(Long::parseLong).toArray();
    var content = new ByteArrayOutputStream();
    base128(content, arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      base128(content, arcs[i]);
    }
    return value(OBJECT_IDENTIFIER, content.toByteArray());
  }

  private static void base128(ByteArrayOutputStream target, long number) {
    for (int shift = 63 - 63 % 7; shift > 0; shift -= 7) {
      if (number >>> shift != 0) {
        target.write((int) (((number >>> shift) & 0x7f) | 0x80));
      }
    }
    target.write((int) (number & 0x7f));
  }

  private static byte[] value(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    var bytes = new ByteArrayOutputStream(length + 6);
    bytes.write(tag);
    if (length < 0x80) {
      bytes.write(length);
    } else {
      int count = (39 - Integer.numberOfLeadingZeros(length)) / 8;
      bytes.write(0x80 | count);
      for (int i = count - 1; i >= 0; i--) {
        bytes.write(length >>> (i * 8));
      }
    }
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** The first value inside a value that is known to be well formed, such as the algorithm in an encoded public key. */
  static byte[] firstOf(byte[] outer) {
    int from = contentAt(outer, 0);
    int content = contentAt(outer, from);
    return Arrays.copyOfRange(outer, from, content + length(outer, from));
  }

  private static int contentAt(byte[] bytes, int tagAt) {
    int first = bytes[tagAt + 1] & 0xff;
    return tagAt + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] bytes, int tagAt) {
    int first = bytes[tagAt + 1] & 0xff;
    return first < 0x80 ? first : new BigInteger(1, bytes, tagAt + 2, first & 0x7f).intValueExact();
  }
}
