package dev.edge4j.server.websocket;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text of a message, checked as it is read: a byte that cannot be UTF-8 fails at once, not at the end of the message (RFC 6455 section 8.1).
 */
final class TextReader extends Reader {
  private static final int BYTES = 8 * 1024;

  private final MessageInput in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
      .onMalformedInput(CodingErrorAction.REPORT)
      .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).flip();
  /** Decoded and not handed out: a pair of surrogates does not fit where one char is asked for. */
  private final CharBuffer chars = CharBuffer.allocate(BYTES).flip();
  private boolean atEnd;

  TextReader(MessageInput in) {
    this.in = in;
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (atEnd) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, from, count);
    return count;
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    atEnd = count < 0;
    bytes.position(bytes.position() + Math.max(count, 0)).flip();
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, atEnd);
    chars.flip();
    if (result.isError()) {
      throw in.malformed(CloseCode.INVALID_DATA, "text is not UTF-8");
    }
  }

  /** Ends nothing: the rest of the message is skipped when the next one is asked for. */
  @Override
  public void close() {
    // There is nothing to give back.
  }
}
