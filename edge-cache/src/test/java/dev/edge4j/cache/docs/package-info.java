/** The programs that the guide to caching prints, run as tests. */
@NullMarked
package dev.edge4j.cache.docs;

import org.jspecify.annotations.NullMarked;
