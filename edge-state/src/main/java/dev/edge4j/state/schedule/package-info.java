/** Times by the calendar: pure. */
@NullMarked
package dev.edge4j.state.schedule;

import org.jspecify.annotations.NullMarked;
