package dev.edge4j.state.runtime;

import dev.edge4j.state.Alarms;
import dev.edge4j.state.Attributes;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.Sockets;
import dev.edge4j.state.SqlStorage;
import dev.edge4j.state.Storage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** What an instance is given. Each use finds the turn that its thread runs. */
final class State implements ObjectState {
  private final Resident<?> resident;
  private final Storage storage;
  private final SqlStorage sql;
  private final Alarms alarms;
  private final Attributes attributes;
  private final Sockets sockets;

  State(Resident<?> resident) {
    this.resident = resident;
    this.storage = new TurnStorage(resident);
    this.sql = new TurnSql(resident);
    this.alarms = new TurnAlarms(resident);
    this.attributes = new TurnAttributes(resident);
    this.sockets = new TurnSockets(resident);
  }

  @Override
  public ObjectId id() {
    return resident.id();
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public SqlStorage sql() {
    if (!resident.namespace().hasDatabase()) {
      throw new IllegalStateException(resident.id()
          + " has no database of its own (expected: a class declared with sql)");
    }
    return sql;
  }

  @Override
  public Alarms alarms() {
    return alarms;
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public Sockets sockets() {
    return sockets;
  }

  @Override
  public InstantSource clock() {
    return resident.host().options().clock();
  }

  @Override
  public Optional<String> requestId() {
    return Turn.of(resident).requestId();
  }

  @Override
  public <T> void send(Namespace<T> to, String object, Consumer<? super T> call) {
    Messages.send(Turn.changing(resident), to, object, call);
  }

  @Override
  public void effect(String name, Object payload) {
    Messages.effect(Turn.changing(resident), name, payload);
  }

  @Override
  public <R> R outside(Callable<R> work) throws Exception {
    return resident.outside(work);
  }

  @Override
  public long mark() {
    return Turn.of(resident).activation().turns();
  }

  @Override
  public boolean changedSince(long mark) {
    return Turn.of(resident).activation().turns() != mark;
  }
}
