package dev.edge4j.examples.shop.catalogue;

import java.util.List;

/**
 * The variants of a product, each a product of its own.
 *
 * @param materials the same thing of each material that there is, itself included, by material
 * @param others the same kind of the same material in other colours, itself left out
 */
public record Siblings(List<Product> materials, List<Product> others) {}
