package dev.edge4j.state;

/** Brings what one version of a class has kept into the form that the next one reads. */
@FunctionalInterface
public interface Upgrade {
  /** Runs when the object wakes, before its constructor; what it writes is one commit with the new version, and what it throws fails the call. */
  void run(ObjectState state) throws Exception;
}
