package dev.edge4j.examples.shop.accounts;

import dev.edge4j.state.ReadOnly;

/**
 * The logins of one account, as a durable object: they come in generations, and the end of one ends all of its sessions at once. A token that is good for two hours
 * cannot be taken back, but what is asked here is asked for each request, of an object in memory.
 */
interface Logins {
  /** The generation that sessions are of now, from 0. */
  @ReadOnly
  long generation();

  /** Ends the sessions there are. */
  void endAll();
}
