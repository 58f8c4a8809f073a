package dev.edge4j.examples.shop.accounts;

/** Someone who can order. */
public record Account(long id, String email, String name) {}
