/**
 * The small scripts that this module sends to browsers: each a file of its own with the hash of its content in its name, so that it is
 * kept for ever, stands in no page, and runs under a policy that allows {@code 'self'} alone.
 *
 * <p>Start here: {@link dev.edge4j.render.script.Script}.
 */
@NullMarked
package dev.edge4j.render.script;

import org.jspecify.annotations.NullMarked;
