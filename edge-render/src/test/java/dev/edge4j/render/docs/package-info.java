/** The programs that the guide to rendering prints, run as tests. */
@NullMarked
package dev.edge4j.render.docs;

import org.jspecify.annotations.NullMarked;
