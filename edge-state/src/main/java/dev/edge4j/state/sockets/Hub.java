package dev.edge4j.state.sockets;

import dev.edge4j.WebSocket;
import dev.edge4j.state.ObjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of all objects of a namespace, and the sessions whose clients are away. Independent of whether the objects are in memory. Safe for
 * use by many threads.
 */
public final class Hub {
  private final Map<ObjectId, Live> objects = new ConcurrentHashMap<>();
  private final Set<Presence.Away> away = ConcurrentHashMap.newKeySet();

  /** A connection is the one of its session from now on; the one before is closed. */
  public void enter(ObjectId id, Line line) {
    objects.compute(id, (_, known) -> {
      Live live = known == null ? new Live(this) : known;
      switch (live.presences().put(line.session(), new Presence.Here(line))) {
        case Presence.Here(Line before) -> before.cut(Line.RESUMED_ELSEWHERE, "resumed elsewhere");
        case Presence.Away gone -> away.remove(gone);
        case null -> {
          // The first of its session.
        }
      }
      return live;
    });
  }

  /** A connection has ended; empty if it was no longer that of its session. */
  public Optional<Presence.Away> leave(ObjectId id, Line line, Instant until, WebSocket.Close close) {
    var gone = new Presence.Away(id, line.session(), until, close);
    Live live = objects.get(id);
    if (live == null || !live.presences().replace(line.session(), new Presence.Here(line), gone)) {
      return Optional.empty();
    }
    away.add(gone);
    return Optional.of(gone);
  }

  /** A session whose client is away, as it is known from the store, or because it cannot be resumed any more. */
  public Presence.Away absent(ObjectId id, String session, Instant until, WebSocket.Close close) {
    var gone = new Presence.Away(id, session, until, close);
    objects.compute(id, (_, known) -> {
      Live live = known == null ? new Live(this) : known;
      switch (live.presences().put(session, gone)) {
        case Presence.Here(Line before) -> before.cut(close.code(), close.reason());
        case Presence.Away earlier -> away.remove(earlier);
        case null -> {
          // Nobody knew.
        }
      }
      away.add(gone);
      return live;
    });
    return gone;
  }

  /** As {@link #absent}, unless something is known of the session. */
  public void absentIfUnknown(Presence.Away gone) {
    objects.compute(gone.id(), (_, known) -> {
      Live live = known == null ? new Live(this) : known;
      if (live.presences().putIfAbsent(gone.session(), gone) == null) {
        away.add(gone);
      }
      return live;
    });
  }

  /** Whether that is how it is still. */
  public boolean isStill(Presence.Away gone) {
    return away.contains(gone);
  }

  /** The session has ended. */
  public void forget(Presence.Away gone) {
    away.remove(gone);
    remove(gone.id(), gone.session(), gone);
  }

  /** A connection that has not become a session. */
  public void forget(ObjectId id, Line line) {
    remove(id, line.session(), new Presence.Here(line));
  }

  /** Tries later to end a session. */
  public void postpone(Presence.Away gone, Instant until) {
    var later = new Presence.Away(gone.id(), gone.session(), until, gone.close());
    Live live = objects.get(gone.id());
    if (live != null) {
      replace(live, gone, later);
    }
  }

  void hasten(Live live, String session, Presence.Away gone, WebSocket.Close close) {
    replace(live, gone, new Presence.Away(gone.id(), session, Instant.MIN, close));
  }

  private void replace(Live live, Presence.Away before, Presence.Away after) {
    if (live.presences().replace(before.session(), before, after)) {
      away.remove(before);
      away.add(after);
    }
  }

  /** The sessions that end now. */
  public List<Presence.Away> due(Instant now) {
    return away.stream().filter(gone -> !gone.until().isAfter(now)).toList();
  }

  /** Whether the client of any session is away. */
  public boolean hasAway() {
    return !away.isEmpty();
  }

  /** Hands over what a turn has left; returns at once. */
  public void deliver(ObjectId id, List<Outgoing> batch) {
    Live live = objects.get(id);
    if (live != null) {
      live.deliver(batch);
    }
  }

  /** What an object's sockets are answered without it. */
  public Optional<AutoResponse> auto(ObjectId id) {
    return Optional.ofNullable(objects.get(id)).flatMap(Live::auto);
  }

  /** How many connections an object has. */
  public int count(ObjectId id) {
    Live live = objects.get(id);
    return live == null ? 0
        : (int) live.presences().values().stream().filter(p -> p instanceof Presence.Here).count();
  }

  /** Closes all connections, after what waits to be delivered. Their sessions stay. */
  public void close(WebSocket.Close close) {
    objects.values().forEach(live -> live.presences().values().forEach(presence -> {
      if (presence instanceof Presence.Here(Line line)) {
        live.deliver(List.of(new Outgoing.Depart(line, close)));
      }
    }));
  }

  private void remove(ObjectId id, String session, Presence presence) {
    objects.computeIfPresent(id, (_, live) -> {
      live.presences().remove(session, presence);
      return live.presences().isEmpty() ? null : live;
    });
  }
}
