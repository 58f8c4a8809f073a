package dev.edge4j.data;

/**
 * Is told of each call that a mesh makes to a store: for metrics, traces and logs. Called on the caller's thread once the call has
 * ended, so it must be quick and not block; what it throws is logged and goes no further. Safe for use by many threads.
 */
@FunctionalInterface
public interface MeshListener {
  /** A call has ended. */
  void called(MeshCall call);
}
