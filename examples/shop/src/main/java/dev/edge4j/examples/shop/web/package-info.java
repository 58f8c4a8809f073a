/**
 * The pages: rendered on the server, working without scripts by plain forms and redirects. Every page is private to
 * its visitor; what visitors share is cached below, as values, and the first page here, in segments with holes for who looks at it ({@code SharedPages}).
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.web.ShopPages}, {@link dev.edge4j.examples.shop.web.Frames}.
 */
@NullMarked
package dev.edge4j.examples.shop.web;

import org.jspecify.annotations.NullMarked;
