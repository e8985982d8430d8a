package io.jeton.client;

/**
 * What is wrong with a line of an import file. It never holds a value of it.
 *
 * @param line the line's number, from 1
 * @param field the field that it is about; empty: the whole line
 * @param message what is wrong
 */
public record ImportProblem(long line, String field, String message) {}
