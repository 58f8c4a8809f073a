package dev.edge4j.state;

import java.time.Instant;
import java.util.Map;

/**
 * What may be seen of an object from outside, without waking it.
 *
 * @param exists whether anything of it is on disk
 * @param classVersion the version its state was written by; 0 if it does not exist
 * @param created when it first committed; the epoch if it does not exist
 * @param awake whether it is in memory
 * @param waiting how many calls wait for it
 * @param sockets how many WebSockets it has open
 * @param alarms when each of its alarms goes off next
 * @param attributes what it may be found by
 * @param entries its keys, each value as JSON
 */
public record ObjectInfo(ObjectId id, boolean exists, int classVersion, Instant created, boolean awake, int waiting,
    int sockets, Map<String, Instant> alarms, Map<String, String> attributes, Map<String, String> entries) {}
