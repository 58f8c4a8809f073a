package dev.edge4j.middleware.jwks;

import java.security.PublicKey;
import java.util.Optional;

/**
 * A key that signatures are verified with, out of a set.
 *
 * @param id what tokens call it ({@code kid})
 * @param algorithm the only one that it is for ({@code alg}), if the issuer says so
 * @param key the key: RSA, elliptic or Ed25519
 */
public record PublishedKey(String id, Optional<String> algorithm, PublicKey key) {}
