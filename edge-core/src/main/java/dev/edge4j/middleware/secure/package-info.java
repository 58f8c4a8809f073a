/**
 * What a page tells browsers to be careful about, as values: where its parts may come from, what it may use of the machine, that it is to be
 * asked for by TLS alone. {@code dev.edge4j.middleware.SecureHeaders} sends them.
 *
 * <p>Start here: {@link dev.edge4j.middleware.secure.ContentSecurityPolicy}.
 */
@NullMarked
package dev.edge4j.middleware.secure;

import org.jspecify.annotations.NullMarked;
