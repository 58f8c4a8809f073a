package dev.edge4j.data.outbox;

import dev.edge4j.data.JsonEvent;
import java.time.Instant;

/**
 * An event that the sink does not take.
 *
 * @param error what the sink said last
 * @param at when it was set aside
 */
public record SetAside(JsonEvent event, String error, Instant at) {}
