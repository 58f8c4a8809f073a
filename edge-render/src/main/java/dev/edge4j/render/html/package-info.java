/**
 * Which escaping a value needs is decided while a template is compiled: a state machine reads the static text as a browser would
 * (WHATWG HTML, section 13.2.5), or a reader of Markdown (CommonMark 0.31), and knows at each tag of the template where in the document it stands. Where no escaping is safe, compiling fails.
 *
 * <p>Start here: {@link dev.edge4j.render.html.State} (what the compiler asks), {@link dev.edge4j.render.html.HtmlState} (the
 * machine), {@link dev.edge4j.render.html.Escaper} (what comes of it).
 */
@NullMarked
package dev.edge4j.render.html;

import org.jspecify.annotations.NullMarked;
