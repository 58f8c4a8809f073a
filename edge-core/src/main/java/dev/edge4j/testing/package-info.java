/**
 * What tests of an application need: a client that asks the same way in process and over a socket, a clock that moves only when it
 * is told to, and visitors from several regions. Knows no test framework, so any will do.
 *
 * <p>Start here: {@link dev.edge4j.testing.TestClient}, {@link dev.edge4j.testing.VirtualClock},
 * {@link dev.edge4j.testing.Regions}.
 */
@NullMarked
package dev.edge4j.testing;

import org.jspecify.annotations.NullMarked;
