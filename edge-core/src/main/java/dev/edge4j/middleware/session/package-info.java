/**
 * What a site remembers of a visitor from one request to the next, in an encrypted cookie or in a store.
 *
 * <p>Start here: {@link dev.edge4j.middleware.session.Sessions}, {@link dev.edge4j.middleware.session.Session}.
 */
@NullMarked
package dev.edge4j.middleware.session;

import org.jspecify.annotations.NullMarked;
