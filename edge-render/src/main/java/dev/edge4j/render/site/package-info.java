/**
 * What a site says about its pages, to browsers, search engines and other programs: sitemaps, {@code robots.txt}, {@code llms.txt}, Markdown in place of HTML,
 * speculation rules, and versions of pages that are known before the pages are made.
 *
 * <p>Start here: {@link dev.edge4j.render.site.PageVersion}, {@link dev.edge4j.render.site.Sitemap}, {@link dev.edge4j.render.site.MarkdownTwin}.
 */
@NullMarked
package dev.edge4j.render.site;

import org.jspecify.annotations.NullMarked;
