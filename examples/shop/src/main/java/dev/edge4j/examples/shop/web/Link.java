package dev.edge4j.examples.shop.web;

/**
 * Where one can go.
 *
 * @param current true for where one is
 */
record Link(String url, String title, boolean current) {}
