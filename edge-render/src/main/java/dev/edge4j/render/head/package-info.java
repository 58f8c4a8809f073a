/**
 * The head of a page, printed safely: title, description, canonical address, languages, Open Graph, JSON-LD, what to load first. Everything that comes
 * from data is escaped here, addresses are made absolute from configured origins alone, and the result is a {@link dev.edge4j.render.SafeHtml} for a
 * template's {@code {{{head}}}}.
 *
 * <p>Start here: {@link dev.edge4j.render.head.Head}, {@link dev.edge4j.render.head.Site}, {@link dev.edge4j.render.head.Schema}.
 */
@NullMarked
package dev.edge4j.render.head;

import org.jspecify.annotations.NullMarked;
