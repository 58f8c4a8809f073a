package dev.edge4j.middleware.session;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where sessions are kept. Calls may wait where the place does. */
interface Keeper {
  /**
   * A session as it is kept.
   *
   * @param id its name in a store
   * @param cookie the value of its cookie
   */
  record Kept(String id, String cookie, SessionData data) {}

  /** The session that a cookie stands for, over or not; empty if there is none. */
  Optional<Kept> load(String cookie);

  /** Keeps a new one under a new id. */
  Kept create(SessionData data);

  /** Changes one as it is kept now, which may be otherwise than it was read; empty if it is no more. */
  Optional<Kept> change(Kept kept, UnaryOperator<SessionData> change);

  /** Forgets one. */
  void delete(Kept kept);
}
