package dev.edge4j.data;

/**
 * What became of the events of a class so far. An event is in one of the three, and counted once.
 *
 * @param waiting taken, and neither here nor there yet
 * @param delivered handed to the sink, which has taken them
 * @param dropped given up: the sink was too slow or failed too often
 */
public record EventCounts(long waiting, long delivered, long dropped) {}
