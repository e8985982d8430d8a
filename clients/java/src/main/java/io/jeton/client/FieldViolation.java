package io.jeton.client;

/**
 * A field of a request that the server refused.
 *
 * @param field the field's name, such as {@code page_size}
 * @param description what the server expects of it
 */
public record FieldViolation(String field, String description) {}
