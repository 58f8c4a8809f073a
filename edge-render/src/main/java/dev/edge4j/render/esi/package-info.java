/**
 * Edge Side Includes in the HTML of origins that are not ours (W3C note ESI language specification 1.0, 2001): the part of it that CDNs
 * agree on, {@code include} with {@code alt} and {@code onerror}, {@code remove}, {@code comment} and {@code <!--esi -->}. Pages of our own
 * have holes instead.
 *
 * <p>Start here: {@link dev.edge4j.render.esi.Esi}, then {@code EsiPiece} (a document taken apart).
 */
@NullMarked
package dev.edge4j.render.esi;

import org.jspecify.annotations.NullMarked;
