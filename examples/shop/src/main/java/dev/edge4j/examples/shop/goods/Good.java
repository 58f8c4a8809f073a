package dev.edge4j.examples.shop.goods;

/**
 * A product as the origin has it.
 *
 * @param priceCents US cents
 * @param version grows with every change of price or stock, by whomever: whoever changes it names the one that he saw
 */
public record Good(long id, String name, long priceCents, long stock, long version) {}
