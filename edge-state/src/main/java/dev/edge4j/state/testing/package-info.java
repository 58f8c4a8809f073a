/**
 * For tests of users' objects: a clock that moves when told, and a process that may be lost at any step and started again.
 * Start with {@link dev.edge4j.state.testing.ObjectsHarness}.
 */
@NullMarked
package dev.edge4j.state.testing;

import org.jspecify.annotations.NullMarked;
