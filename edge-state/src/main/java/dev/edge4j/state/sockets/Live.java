package dev.edge4j.state.sockets;

import dev.edge4j.Message;
import dev.edge4j.WebSocket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one object. What its turns leave is delivered in order by a virtual thread that lives while there is something to deliver: the
 * store's writer, which brings it, does not wait for as many queues as there are connections.
 */
final class Live {
  private final Map<String, Presence> presences = new ConcurrentHashMap<>(2);
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<List<Outgoing>> batches = new ArrayDeque<>(2);
  private final Hub hub;
  private boolean delivering;
  private volatile Optional<AutoResponse> auto = Optional.empty();

  Live(Hub hub) {
    this.hub = hub;
  }

  Map<String, Presence> presences() {
    return presences;
  }

  Optional<AutoResponse> auto() {
    return auto;
  }

  void deliver(List<Outgoing> batch) {
    lock.lock();
    try {
      batches.add(batch);
      if (!delivering) {
        delivering = true;
        Thread.ofVirtual().name("edge4j-sockets").start(this::drain);
      }
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    for (List<Outgoing> batch = next(); batch != null; batch = next()) {
      batch.forEach(this::deliver);
    }
  }

  private @Nullable List<Outgoing> next() {
    lock.lock();
    try {
      List<Outgoing> batch = batches.poll();
      delivering = batch != null;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void deliver(Outgoing one) {
    switch (one) {
      case Outgoing.Answers(Optional<AutoResponse> answers) -> auto = answers;
      case Outgoing.Join(Line line, List<Outgoing.Send> missed) -> line.join(missed);
      case Outgoing.Send send -> send(send);
      case Outgoing.Depart(Line line, WebSocket.Close close) -> line.close(close);
      case Outgoing.End(String session, WebSocket.Close close) -> end(session, close);
    }
  }

  private void send(Outgoing.Send send) {
    Audience audience = send.audience();
    long number = send.number();
    Message message = send.message();
    if (audience.kind() == Audience.Kind.ONE) {
      if (presences.get(audience.name()) instanceof Presence.Here(Line line)) {
        line.send(number, message);
      }
      return;
    }
    presences.values().forEach(presence -> {
      if (presence instanceof Presence.Here(Line line) && line.isIn(audience)) {
        line.send(number, message);
      }
    });
  }

  private void end(String session, WebSocket.Close close) {
    switch (presences.get(session)) {
      case Presence.Here(Line line) -> {
        line.last();
        line.close(close);
      }
      case Presence.Away away -> hub.hasten(this, session, away, close);
      case null -> {
        // Ended meanwhile.
      }
    }
  }
}
