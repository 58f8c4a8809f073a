package dev.edge4j.state.testing;

/** Where {@link ObjectsHarness#crashAt} may lose the process: between any two of these a wrong program loses something, or does it twice. */
public enum CrashPoint {
  /** A turn has its object alone. */
  TURN_BEGINS,
  /** The method has returned; nothing of it is on its way to the disk. */
  TURN_ENDS,
  /** The commit was about to go to the disk. */
  COMMIT_HANDED_OVER,
  /** The commit is on disk; nobody knows. */
  COMMIT_DURABLE,
  /** The reply has been given. */
  REPLIED,
  /** An alarm has been found due. */
  ALARM_FOUND,
  /** A message has been delivered, and is still queued. */
  MESSAGE_DELIVERED,
  /** A delivered message has been taken from the queue. */
  MESSAGE_REMOVED
}
