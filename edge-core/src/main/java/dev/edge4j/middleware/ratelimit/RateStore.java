package dev.edge4j.middleware.ratelimit;

/**
 * Counts that several nodes share, in Redis say. Safe for use by many threads; may block, and is asked on virtual threads alone.
 *
 * <p>Implementations take by the policy's algorithm and their own clock, atomically: two nodes that ask at once never get more between them
 * than one that asks twice. An entry whose quota is full may be forgotten.
 */
@FunctionalInterface
public interface RateStore {
  /**
   * Takes all the tokens or none.
   *
   * @param key whose quota it is, unique for the policy's name; at most as long as what the client sent
   * @param tokens 1 to the policy's burst
   * @throws Exception if the store cannot tell, as soon as that is known: a request waits
   */
  RateDecision take(String key, RatePolicy policy, int tokens) throws Exception;
}
