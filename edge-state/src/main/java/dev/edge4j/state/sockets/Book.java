package dev.edge4j.state.sockets;

import dev.edge4j.Message;
import dev.edge4j.state.store.Slot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sockets of one object as of its last turn, and which messages are kept for those that may be resumed.
 *
 * <p>Messages are numbered through the object, so that one for many is kept once: a session sees the numbers grow, with gaps. Each audience
 * (all, a tag, one session) keeps its latest {@value Kept#MOST}, hence a session of its latest at least as many. A message names the one before it for the
 * same audience, so what was given up in between is noticed. Changed by turns alone, one at a time.
 */
public final class Book {
  private final TreeMap<String, SocketRow> rows = new TreeMap<>();
  /** How many of those that may be resumed each audience has. */
  private final Map<Audience, Integer> members = new HashMap<>();
  private final Map<Audience, Kept> kept = new HashMap<>();
  private Optional<AutoResponse> auto = Optional.empty();
  private long last;

  /** What is on disk. */
  public static Book load(Map<String, byte[]> sockets, List<String> frames) {
    var book = new Book();
    sockets.forEach((key, value) -> {
      if (key.equals(AutoResponse.SLOT.key())) {
        book.auto = Optional.of(AutoResponse.read(value));
      } else {
        SocketRow row = SocketRow.read(key, value);
        book.enter(row);
        book.last = Math.max(book.last, row.start()); // nothing may be kept of what was before it
      }
    });
    for (String key : frames) {
      FrameKey frame = FrameKey.parse(key);
      var unused = book.kept.computeIfAbsent(frame.audience(), _ -> new Kept()).add(frame);
      book.last = Math.max(book.last, frame.number());
    }
    return book;
  }

  /** All, those that are closing too. */
  public List<SocketRow> rows() {
    return List.copyOf(rows.values());
  }

  /** How many sockets there are. */
  public int size() {
    return rows.size();
  }

  /** The number of the last message. */
  public long last() {
    return last;
  }

  public Optional<AutoResponse> auto() {
    return auto;
  }

  /** A socket as a turn sees it. */
  public Optional<SocketRow> row(String session, SocketChanges changes) {
    Optional<SocketRow> changed = changes.rows().get(session);
    return changed == null ? Optional.ofNullable(rows.get(session)) : changed;
  }

  /** The sockets as a turn sees them, in the order of opening, without those that it or another has closed. */
  public List<SocketRow> rows(SocketChanges changes) {
    Collection<SocketRow> all = rows.values();
    if (!changes.rows().isEmpty()) {
      var changed = new TreeMap<>(rows);
      changes.rows()
          .forEach((session, row) -> row.ifPresentOrElse(r -> changed.put(session, r), () -> changed.remove(
              session)));
      all = changed.values();
    }
    return all.stream().filter(row -> row.closing().isEmpty()).toList();
  }

  /** What a session has missed after a number; empty if a part of it is not kept any more, or there never was that number. */
  public Optional<List<FrameKey>> missed(SocketRow row, long after) {
    if (after > last) {
      return Optional.empty();
    }
    var missed = new ArrayList<FrameKey>();
    for (Audience audience : audiences(row).toList()) {
      Optional<List<FrameKey>> some = Optional.ofNullable(kept.get(audience))
          .map(frames -> frames.after(Math.max(after, row.start())))
          .orElse(Optional.of(List.of()));
      if (some.isEmpty()) {
        return Optional.empty();
      }
      missed.addAll(some.get());
    }
    missed.sort(Comparator.comparingLong(FrameKey::number));
    return Optional.of(missed);
  }

  /** Makes what a turn has done the object's, and a part of its commit; what is to be delivered after that. */
  public List<Outgoing> seal(SocketChanges changes, Map<Slot, Optional<byte[]>> slots) {
    changes.rows().forEach((session, row) -> {
      Optional<SocketRow> before = Optional.ofNullable(rows.get(session));
      row.or(() -> before).ifPresent(r -> slots.put(r.slot(), row.map(SocketRow::write)));
      if (row.isPresent() && before.isPresent()) {
        rows.put(session, row.get());
      } else {
        row.ifPresent(this::enter);
      }
    });
    var delivered = new ArrayList<Outgoing>();
    changes.outgoing().forEach(each -> delivered.add(seal(each, slots)));
    changes.rows().forEach((session, row) -> {
      if (row.isEmpty()) {
        leave(session, slots);
      }
    });
    return delivered;
  }

  private Outgoing seal(Outgoing each, Map<Slot, Optional<byte[]>> slots) {
    return switch (each) {
      case Outgoing.Send(long _, Audience audience, Message message) when members.containsKey(audience) -> {
        byte[] payload = Framing.payload(message);
        last++;
        keep(audience, payload, slots);
        yield new Outgoing.Send(last, audience, message);
      }
      case Outgoing.Answers(Optional<AutoResponse> answers) -> {
        if (!answers.equals(auto)) {
          slots.put(AutoResponse.SLOT, answers.map(AutoResponse::write));
        }
        auto = answers;
        yield each;
      }
      default -> each;
    };
  }

  private void keep(Audience audience, byte[] payload, Map<Slot, Optional<byte[]>> slots) {
    Kept frames = kept.computeIfAbsent(audience, _ -> new Kept());
    var frame = new FrameKey(last, frames.newest(), payload.length, audience);
    slots.put(frame.slot(), Optional.of(payload));
    frames.add(frame).forEach(old -> slots.put(old.slot(), Optional.empty()));
  }

  private void enter(SocketRow row) {
    rows.put(row.session(), row);
    if (row.resumable()) {
      audiences(row).forEach(audience -> members.merge(audience, 1, Integer::sum));
    }
  }

  private void leave(String session, Map<Slot, Optional<byte[]>> slots) {
    SocketRow row = rows.remove(session);
    if (row == null || !row.resumable()) {
      return;
    }
    boolean newest = false;
    for (Audience audience : audiences(row).toList()) {
      if (members.merge(audience, -1, Integer::sum) == 0) {
        members.remove(audience);
        newest |= drop(audience, slots);
      }
    }
    if (members.isEmpty()) {
      List.copyOf(kept.keySet()).forEach(audience -> drop(audience, slots));
    } else if (newest) { // numbers must not be given again
      drop(Audience.nobody(), slots);
      keep(Audience.nobody(), new byte[0], slots);
    }
  }

  /** Gives up what is kept for an audience; true if the newest of all was among it. */
  private boolean drop(Audience audience, Map<Slot, Optional<byte[]>> slots) {
    Kept frames = kept.remove(audience);
    if (frames == null) {
      return false;
    }
    frames.all().forEach(frame -> slots.put(frame.slot(), Optional.empty()));
    return frames.newest() == last;
  }

  private static Stream<Audience> audiences(SocketRow row) {
    return Stream.concat(Stream.of(Audience.all(), Audience.one(row.session())), row.tags()
        .stream()
        .map(Audience::tagged));
  }
}
