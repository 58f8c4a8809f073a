package dev.edge4j.state.store;

import java.time.Instant;

/** An alarm that was tried as often as its policy says; it becomes a dead letter in the commit that takes it away. */
public record DeadAlarm(AlarmRow alarm, String error, Instant at) {}
