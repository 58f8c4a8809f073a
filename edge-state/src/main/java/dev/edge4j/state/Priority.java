package dev.edge4j.state;

/**
 * Which of the calls that wait for an object goes first. Within one priority the order is that of arrival; one of eight turns goes to the
 * lowest that waits, so that none starves.
 */
public enum Priority {
  /** Before all others: what a person waits for at a till. */
  HIGH,
  /** What is not said otherwise. */
  NORMAL,
  /** When nothing else waits: reports, clean-up. */
  LOW
}
