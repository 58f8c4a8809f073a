/**
 * A request's two lanes, whatever version of HTTP brought it: gates on the event loop, the rest on a virtual thread, bounded; and its
 * body on the way in. Who reads and writes the wire is a {@link dev.edge4j.server.lanes.Reply}.
 *
 * <p>Start here: {@link dev.edge4j.server.lanes.Lanes}, {@link dev.edge4j.server.lanes.Running},
 * {@link dev.edge4j.server.lanes.Reply}; for what runs the slow lane {@link dev.edge4j.server.lanes.Scheduler}, for what bounds it
 * {@link dev.edge4j.server.lanes.Permits}.
 */
@NullMarked
package dev.edge4j.server.lanes;

import org.jspecify.annotations.NullMarked;
