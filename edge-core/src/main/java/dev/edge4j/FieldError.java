package dev.edge4j;

/**
 * What is wrong with one field of a request.
 *
 * @param field where, as in {@code lines[2].quantity}
 * @param message what is wrong, readable behind the field's name: {@code must be at least 1}
 */
public record FieldError(String field, String message) {}
