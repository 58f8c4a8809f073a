/**
 * Source text to tree: a parser of Mustache that knows line and column of everything and takes white space as the specification
 * has it. It knows nothing of HTML, of models and of other templates.
 *
 * <p>Start here: {@link dev.edge4j.render.template.Parser}, then {@link dev.edge4j.render.template.Node}.
 */
@NullMarked
package dev.edge4j.render.template;

import org.jspecify.annotations.NullMarked;
