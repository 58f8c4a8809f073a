/** Tests of the replica against real servers. */
@NullMarked
package dev.edge4j.data.replica;

import org.jspecify.annotations.NullMarked;
