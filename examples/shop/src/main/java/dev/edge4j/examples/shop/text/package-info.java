/**
 * Text that visitors type, as far as it is shown to others: characters that nobody sees can make one look like another, or turn the text around it.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.text.Typed}.
 */
@NullMarked
package dev.edge4j.examples.shop.text;

import org.jspecify.annotations.NullMarked;
