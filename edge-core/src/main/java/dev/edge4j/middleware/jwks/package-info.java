/**
 * The public keys of an issuer of tokens (RFC 7517): fetched, kept, renewed and dropped while requests go on.
 *
 * <p>Start here: {@link dev.edge4j.middleware.jwks.KeySet}, which {@code JwtAuth.keySet} takes.
 */
@NullMarked
package dev.edge4j.middleware.jwks;

import org.jspecify.annotations.NullMarked;
