package dev.edge4j.server.websocket;

import dev.edge4j.Message;
import dev.edge4j.MessageStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes messages of what arrives, whole or as streams. Safe for use by many threads, of which one at a time receives. */
final class Receiver {
  private final Inbound inbound;
  private final @Nullable Inflating inflating;
  private final int maxMessageBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final MessageInput.Source source;
  private @Nullable MessageInput open;

  /**
   * A receiver of what comes in there.
   *
   * @param inflating null if there is no compression
   * @param malformed told why the connection has to be closed
   */
  Receiver(Inbound inbound, @Nullable Inflating inflating, int maxMessageBytes, Consumer<Piece.Malformed> malformed) {
    this.inbound = inbound;
    this.inflating = inflating;
    this.maxMessageBytes = maxMessageBytes;
    this.source = new MessageInput.Source(inbound, inflating, lock, malformed);
  }

  /** The next message, whole; empty at the end, whoever made it. */
  Optional<Message> receive() {
    lock.lock();
    try {
      Optional<Piece.Data> first = first();
      return first.isEmpty() ? Optional.empty() : Optional.of(whole(first.get()));
    } catch (IOException e) {
      return Optional.empty(); // closed() has the reason
    } finally {
      lock.unlock();
    }
  }

  /** The next message, as a stream; empty at the end. */
  Optional<MessageStream> receiveStream() {
    lock.lock();
    try {
      return first().map(first -> stream(open(first, Long.MAX_VALUE)));
    } finally {
      lock.unlock();
    }
  }

  /** Gives memory back that is not the heap's; reads of a compressed message fail from then on. */
  void close() {
    Inflating used = inflating;
    if (used != null) {
      used.close();
    }
  }

  private Optional<Piece.Data> first() {
    MessageInput before = open;
    open = null;
    return before == null || before.skipRest() ? inbound.take() : Optional.empty();
  }

  private MessageInput open(Piece.Data first, long limit) {
    var in = new MessageInput(source, first, limit);
    open = in;
    return in;
  }

  private static MessageStream stream(MessageInput in) {
    return in.isText() ? new MessageStream.Text(new TextReader(in)) : new MessageStream.Binary(in);
  }

  private Message whole(Piece.Data first) throws IOException {
    var in = new MessageInput(source, first, maxMessageBytes);
    if (first.last() && !first.compressed() && first.bytes().length <= maxMessageBytes) {
      return first.text() ? new Message.Text(text(first.bytes(), in)) : new Message.Binary(first.bytes());
    }
    if (!first.text()) {
      return new Message.Binary(in.readAllBytes());
    }
    var text = new StringWriter();
    new TextReader(in).transferTo(text);
    return new Message.Text(text.toString());
  }

  private static String text(byte[] bytes, MessageInput in) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw in.malformed(CloseCode.INVALID_DATA, "text is not UTF-8");
    }
  }
}
