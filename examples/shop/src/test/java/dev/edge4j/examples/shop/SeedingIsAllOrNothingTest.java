package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.catalogue.CatalogueGenerator;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.catalogue.Seeder;
import dev.edge4j.examples.shop.pictures.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop has all of its products or none, and they are the same every time. */
class SeedingIsAllOrNothingTest {
  @TempDir private Path folder;

  @Test
  void whatWasStoppedOnTheWayStartsAgain() {
    try (Stores stores = Stores.open(folder)) {
      var seeder = new Seeder(stores.mesh(), stores.copy());
      assertThrows(IllegalStateException.class, () -> seeder.seed(500, done -> {
        if (done == 300) {
          throw new IllegalStateException("stopped on the way");
        }
      }));
      assertEquals(0, seeder.products());
    }
    try (Stores stores = Stores.open(folder)) {
      var seeder = new Seeder(stores.mesh(), stores.copy());
      seeder.seed(500, _ -> {
        // Nobody watches.
      });
      assertEquals(500, seeder.products());
      seeder.seed(900, _ -> {
        throw new AssertionError("a shop that has products is left alone");
      });
    }
  }

  @Test
  void noTwoProductsShareAName() {
    List<Product> all = CatalogueGenerator.products(CatalogueGenerator.MAX_COUNT).toList();
    assertEquals(all.size(), all.stream().map(Product::name).distinct().count());
    assertEquals(all, CatalogueGenerator.products(CatalogueGenerator.MAX_COUNT).toList());
    assertTrue(CatalogueGenerator.MAX_COUNT >= CatalogueGenerator.DEFAULT_COUNT);
  }

  @Test
  void everyShelfIsFilledAndEveryPictureDrawn() {
    List<Product> all = CatalogueGenerator.products(CatalogueGenerator.DEFAULT_COUNT).toList();
    assertEquals(Category.values().length, all.stream().collect(Collectors.groupingBy(Product::category)).size());
    assertTrue(all.stream().allMatch(product -> product.priceCents() >= 490 && product.stock() >= 0));
    assertTrue(all.stream().allMatch(product -> Picture.of(product.picture()).isPresent()));
    assertThrows(IllegalArgumentException.class, () -> CatalogueGenerator.products(CatalogueGenerator.MAX_COUNT + 1));
  }
}
