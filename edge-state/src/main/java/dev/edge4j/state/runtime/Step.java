package dev.edge4j.state.runtime;

/** Where a test may stop the world: between any two of these something is lost or done twice, if anything is wrong. */
public enum Step {
  /** A turn has its object alone. */
  TURN_BEGINS,
  /** The method has returned; nothing has been handed over. */
  TURN_ENDS,
  /** The commit is on its way to the disk. */
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
