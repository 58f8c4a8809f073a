package dev.edge4j.state;

/**
 * Something done outside of all objects after a turn has committed: a mail, a payment, a call of another service.
 *
 * @param <P> what it is told, kept as JSON until it is done
 */
@FunctionalInterface
public interface Effect<P> {
  /**
   * Runs after the commit, outside of the turn, on a thread of its own, until it returns: again after it threw or the process ended.
   *
   * @param id the same for all attempts of one effect: what the other side needs to do it once
   */
  void run(String id, P payload) throws Exception;
}
