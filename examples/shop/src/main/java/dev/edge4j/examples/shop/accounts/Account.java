package dev.edge4j.examples.shop.accounts;

/**
 * Someone who can order.
 *
 * @param keeper true for who may change what is sold
 */
public record Account(long id, String email, String name, boolean keeper) {}
