/** The programs that the guide to data prints, run as tests. */
@NullMarked
package dev.edge4j.data.docs;

import org.jspecify.annotations.NullMarked;
