package dev.edge4j.render.dev;

/**
 * What was to be rendered when a template failed.
 *
 * @param template the page
 * @param model its model
 */
record Failure(String template, Object model) {}
