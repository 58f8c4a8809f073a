/**
 * A shared cache of whole responses, as a gate, by the decisions of {@code dev.edge4j.cache.http}.
 *
 * <p>Start here: {@link dev.edge4j.cache.response.ResponseCache}. A hit ends in {@code CachingGate}, which finds by {@code Lookup} a {@code Variant} in the
 * {@code ResponseStore} and sends its {@code Ready} form. All else is a {@code Passage}: it begins or joins a {@code Fetch}, whose answer comes down in {@code Landing},
 * arrives through a {@code Filling}, and reaches each client by {@code Following} and {@code Answering}; or it goes on by itself, {@code Alone}.
 */
@NullMarked
package dev.edge4j.cache.response;

import org.jspecify.annotations.NullMarked;
