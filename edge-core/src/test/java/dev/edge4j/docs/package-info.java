/**
 * Proof of the documentation: the programs that README and guides print, run as tests, and the checks that what is printed is what
 * runs.
 *
 * <p>Start here: {@code ListingsTest} for the convention, {@code HelloTest} for the program on the first page.
 */
@NullMarked
package dev.edge4j.docs;

import org.jspecify.annotations.NullMarked;
