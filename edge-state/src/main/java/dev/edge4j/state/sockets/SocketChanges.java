package dev.edge4j.state.sockets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a turn has done to the sockets of its object; an empty row takes one away. Confined to its turn. */
public final class SocketChanges {
  private Map<String, Optional<SocketRow>> rows = Map.of();
  private List<Outgoing> outgoing = List.of();

  public Map<String, Optional<SocketRow>> rows() {
    return rows;
  }

  List<Outgoing> outgoing() {
    return outgoing;
  }

  public void put(SocketRow row) {
    row(row.session(), Optional.of(row));
  }

  public void remove(String session) {
    row(session, Optional.empty());
  }

  /** Something to be delivered after the commit. */
  public void add(Outgoing one) {
    if (outgoing.isEmpty()) {
      outgoing = new ArrayList<>(2); // most turns send nothing
    }
    outgoing.add(one);
  }

  public boolean isEmpty() {
    return rows.isEmpty() && outgoing.isEmpty();
  }

  public SocketChanges copy() {
    var copy = new SocketChanges();
    rows.forEach(copy::row);
    outgoing.forEach(copy::add);
    return copy;
  }

  private void row(String session, Optional<SocketRow> row) {
    if (rows.isEmpty()) {
      rows = new HashMap<>(2);
    }
    rows.put(session, row);
  }
}
