/**
 * Secrets: made once and kept in files, known to others by their hashes.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.secrets.SecretFile}, {@link dev.edge4j.examples.shop.secrets.Sha256}.
 */
@NullMarked
package dev.edge4j.examples.shop.secrets;

import org.jspecify.annotations.NullMarked;
