package dev.edge4j.server.websocket;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a client (RFC 6455 section 5), strictly: what breaks a rule ends the connection, as early as a byte shows it. Takes all
 * bytes that it is given and keeps none of a payload back but a control frame's. Confined to one thread.
 */
final class FrameDecoder {
  private static final int MAX_HEAD_BYTES = 14;
  private static final int MASK_BYTES = 4;

  private enum State {
    HEAD, DATA, CONTROL, ENDED
  }

  private final Rules rules;
  private final byte[] head = new byte[MAX_HEAD_BYTES];
  private State state = State.HEAD;
  private int have;
  private int need = 2;
  private int key;
  private long length;
  private long done;
  private byte[] control = new byte[0];
  /** The message that is being read, past its first frame's head. */
  private boolean inMessage;
  private boolean text;
  private boolean compressed;
  private boolean begun;

  /**
   * A decoder at the start of a connection.
   *
   * @param compression whether permessage-deflate was agreed on, and with it the first reserved bit
   */
  FrameDecoder(boolean compression, long maxFrameBytes) {
    this.rules = new Rules(compression, maxFrameBytes);
  }

  /** The next piece; null if the bytes end before there is one. After a {@link Piece.Last} all bytes are thrown away. */
  @Nullable
  Piece next(ByteBuf in) {
    while (true) {
      Piece piece = switch (state) {
        case HEAD -> head(in);
        case DATA -> data(in);
        case CONTROL -> control(in);
        case ENDED -> {
          in.skipBytes(in.readableBytes());
          yield null;
        }
      };
      if (piece instanceof Piece.Last) {
        state = State.ENDED;
      }
      if (piece != null || !in.isReadable()) {
        return piece;
      }
    }
  }

  private @Nullable Piece head(ByteBuf in) {
    while (have < need && in.isReadable()) {
      head[have] = in.readByte();
      have++;
      Optional<Piece.Malformed> wrong = switch (have) {
        case 1 -> rules.first(head[0], inMessage);
        case 2 -> rules.second(head[0], head[1]);
        default -> Optional.empty();
      };
      if (wrong.isPresent()) {
        return wrong.get();
      }
      if (have == 2) {
        need = 2 + Rules.lengthBytes(head[1]) + MASK_BYTES;
      }
    }
    return have < need ? null : begin();
  }

  /** The head is there whole. */
  private @Nullable Piece begin() {
    int extended = Rules.lengthBytes(head[1]);
    length = extended == 0 ? head[1] & 0x7f : number(2, extended);
    Optional<Piece.Malformed> wrong = rules.length(extended, length);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    key = (int) number(2 + extended, MASK_BYTES);
    have = 0;
    need = 2;
    done = 0;
    int opcode = head[0] & 0xf;
    if (Opcode.isControl(opcode)) {
      control = new byte[(int) length];
      state = State.CONTROL;
      return length == 0 ? controlled() : null;
    }
    if (opcode != Opcode.CONTINUATION) {
      inMessage = true;
      begun = false;
      text = opcode == Opcode.TEXT;
      compressed = (head[0] & Rules.RSV1) != 0;
    }
    state = State.DATA;
    return length == 0 ? payload(new byte[0]) : null;
  }

  private long number(int from, int bytes) {
    long value = 0;
    for (int i = from; i < from + bytes; i++) {
      value = value << 8 | (head[i] & 0xff);
    }
    return value;
  }

  private @Nullable Piece data(ByteBuf in) {
    int count = (int) Math.min(in.readableBytes(), length - done);
    if (count == 0) {
      return null;
    }
    var bytes = new byte[count];
    in.readBytes(bytes);
    Mask.remove(bytes, key, done);
    done += count;
    return payload(bytes);
  }

  private @Nullable Piece payload(byte[] bytes) {
    boolean ends = done == length;
    boolean last = ends && (head[0] & Rules.FIN) != 0;
    if (ends) {
      state = State.HEAD;
    }
    if (bytes.length == 0 && !last) {
      return null; // an empty fragment says nothing
    }
    boolean first = !begun;
    begun = true;
    inMessage = !last;
    return new Piece.Data(text, compressed, first, last, bytes);
  }

  private @Nullable Piece control(ByteBuf in) {
    int count = (int) Math.min(in.readableBytes(), length - done);
    in.readBytes(control, (int) done, count);
    done += count;
    return done < length ? null : controlled();
  }

  private Piece controlled() {
    state = State.HEAD;
    Mask.remove(control, key, 0);
    return switch (head[0] & 0xf) {
      case Opcode.PING -> new Piece.Ping(control);
      case Opcode.PONG -> new Piece.Pong(control);
      default -> Rules.close(control);
    };
  }
}
