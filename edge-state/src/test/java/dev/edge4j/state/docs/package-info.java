/** The programs that the guide to state prints, run as tests. */
@NullMarked
package dev.edge4j.state.docs;

import org.jspecify.annotations.NullMarked;
