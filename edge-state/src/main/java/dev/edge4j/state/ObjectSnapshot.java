package dev.edge4j.state;

import java.util.Map;
import java.util.Optional;

/**
 * The state of one object at one moment: what {@link Namespace#snapshot} takes, and {@link Namespace#restore} puts into the same or another
 * object. Written and read as JSON by {@link dev.edge4j.json.JsonCodec}. Not in it: messages that wait, replies that are kept, WebSockets.
 *
 * @param id whose state it is
 * @param classVersion which version of its class wrote it; 0 if the object keeps nothing
 * @param entries keys and values; each value is JSON
 * @param attributes what it may be found by
 * @param alarms by name, as the store keeps them
 * @param database the user's tables of its own database as a SQLite file, for a class with one
 */
public record ObjectSnapshot(ObjectId id, int classVersion, Map<String, byte[]> entries,
    Map<String, String> attributes, Map<String, byte[]> alarms, Optional<byte[]> database) {}
