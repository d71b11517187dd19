package com.amrutam.kit.problem;

/**
 * One wrong input.
 *
 * @param field where it is, as a path from the body's root such as {@code weekly[0].from}, or the parameter's name
 * @param message what is wrong with it, in English, for the developer
 */
public record FieldError(String field, String message) {}
