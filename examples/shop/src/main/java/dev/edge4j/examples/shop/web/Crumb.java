package dev.edge4j.examples.shop.web;

/** A step of the way to a page. */
record Crumb(String title, String path) {}
