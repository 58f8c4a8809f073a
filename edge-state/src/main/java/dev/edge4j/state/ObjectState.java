package dev.edge4j.state;

/** What an object is given when it wakes: who it is, and where it keeps what must last. Belongs to one instance. */
public interface ObjectState {
  /** Who the object is. */
  ObjectId id();

  /** The object's storage; usable from its constructor on, by the thread that runs the turn. */
  Storage storage();
}
