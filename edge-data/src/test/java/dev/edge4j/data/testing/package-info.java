/** What several tests need. */
@NullMarked
package dev.edge4j.data.testing;

import org.jspecify.annotations.NullMarked;
