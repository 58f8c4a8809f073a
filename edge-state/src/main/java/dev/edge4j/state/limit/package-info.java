/** What names and values may be: pure checks, that everything above shares. */
@NullMarked
package dev.edge4j.state.limit;

import org.jspecify.annotations.NullMarked;
