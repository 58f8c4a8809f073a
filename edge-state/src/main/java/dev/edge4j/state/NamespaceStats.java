package dev.edge4j.state;

/**
 * What the objects of one class do now, in this process. Counted while they work, so the figures are not of one moment.
 *
 * @param namespace its name
 * @param awake how many objects are in memory with their instance
 * @param waiting how many calls wait in their mailboxes
 * @param turns how many turns those that are in memory have run since they came there
 */
public record NamespaceStats(String namespace, int awake, int waiting, long turns) {}
