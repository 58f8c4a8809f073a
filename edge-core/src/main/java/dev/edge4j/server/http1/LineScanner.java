package dev.edge4j.server.http1;

import io.netty.buffer.ByteBuf;

/**
 * Finds where lines end, and remembers how far it has looked when they have not arrived whole. A line ends in CR LF and nothing
 * else: who also takes a lone LF sees lines where others see none (RFC 9112 section 2.2 allows it, smuggling lives on it).
 */
final class LineScanner {
  private static final byte CR = '\r';
  private static final byte LF = '\n';
  private static final int LINE_END = 2;

  /** Both counted from the buffer's reader index, which stays where it is until a find. */
  private int looked;
  private int lineStart;
  private int lines;

  /**
   * The length of the next line with its end, or -1 if it has not arrived. Longer than the limit, for which no end of a line
   * counts, it is refused.
   */
  int line(ByteBuf in, Limit limit) throws MalformedException {
    int length = upToLineEnd(in, limit, 1);
    if (length >= 0) {
      reset();
    }
    return length;
  }

  /** The length of all lines up to and with the next empty one, or -1 if that has not arrived; limited like {@link #line}. */
  int section(ByteBuf in, Limit limit) throws MalformedException {
    while (true) {
      int length = upToLineEnd(in, limit, lines + 1);
      if (length < 0) {
        return -1;
      }
      if (length == lineStart + LINE_END) {
        reset();
        return length;
      }
      looked = length;
      lineStart = length;
      lines++;
    }
  }

  private int upToLineEnd(ByteBuf in, Limit limit, int lineEnds) throws MalformedException {
    int base = in.readerIndex();
    int most = limit.bytes() + lineEnds * LINE_END;
    int end = Math.min(in.writerIndex(), base + most);
    int lf = looked < end - base ? in.indexOf(base + looked, end, LF) : -1;
    if (lf < 0) {
      looked = end - base;
      if (looked >= most) {
        throw limit.exceeded();
      }
      return -1;
    }
    if (lf == base + lineStart || in.getByte(lf - 1) != CR) {
      throw new MalformedException("a line ends in LF without CR (RFC 9112 section 2.2)");
    }
    return lf + 1 - base;
  }

  private void reset() {
    looked = 0;
    lineStart = 0;
    lines = 0;
  }
}
