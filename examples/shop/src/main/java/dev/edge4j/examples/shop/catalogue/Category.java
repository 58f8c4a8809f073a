package dev.edge4j.examples.shop.catalogue;

import static dev.edge4j.examples.shop.catalogue.Material.*;

import dev.edge4j.examples.shop.pictures.Picture;
import dev.edge4j.examples.shop.pictures.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The eight shelves of the shop: what stands on each, and what it may be made of. */
@SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of
public enum Category {
  TEA("Tea & coffee", "Slow mornings, in seven pieces.",
      10, List.of(STONEWARE, GLASS, STEEL, COPPER, BRASS, BAMBOO, OAK, WALNUT),
      noun("Mug", Shape.MUG, 1_400), noun("Teapot", Shape.TEAPOT, 4_200), noun("Kettle", Shape.KETTLE, 5_600),
      noun("Tumbler", Shape.TUMBLER, 1_800), noun("Saucer", Shape.PLATE, 900), noun("Canister", Shape.JAR, 2_200),
      noun("Dripper", Shape.DRIPPER, 2_600)),
  KITCHEN("Kitchen", "Tools that like to be used.",
      2, List.of(OAK, WALNUT, BAMBOO, STEEL, STONEWARE, GLASS, MARBLE, COPPER),
      noun("Bowl", Shape.BOWL, 1_900), noun("Plate", Shape.PLATE, 1_600), noun("Pan", Shape.PAN, 6_400),
      noun("Pitcher", Shape.PITCHER, 3_400), noun("Ladle", Shape.LADLE, 1_500),
      noun("Serving Board", Shape.BOARD, 3_800), noun("Spice Jar", Shape.JAR, 1_100)),
  LIGHTING("Lighting", "Warm light for long evenings.",
      6, List.of(OAK, WALNUT, BRASS, COPPER, STEEL, GLASS, LINEN, BAMBOO),
      noun("Table Lamp", Shape.TABLE_LAMP, 8_900), noun("Pendant", Shape.PENDANT, 11_900),
      noun("Lantern", Shape.LANTERN, 5_400), noun("Floor Lamp", Shape.FLOOR_LAMP, 16_900),
      noun("Wall Light", Shape.PENDANT, 7_900), noun("Candle Holder", Shape.CANDLE, 2_400)),
  SEATING("Seating", "Sit down, stay a while.",
      14, List.of(OAK, WALNUT, BAMBOO, STEEL, LEATHER, WOOL, CANVAS, FELT),
      noun("Chair", Shape.CHAIR, 18_900), noun("Stool", Shape.STOOL, 9_900), noun("Bench", Shape.BENCH, 24_900),
      noun("Armchair", Shape.ARMCHAIR, 42_900), noun("Footrest", Shape.OTTOMAN, 12_900),
      noun("Rocking Chair", Shape.CHAIR, 32_900)),
  DESK("Desk", "Small things for clear thoughts.",
      0, List.of(OAK, WALNUT, BRASS, STEEL, CORK, LEATHER, MARBLE, FELT),
      noun("Notebook", Shape.NOTEBOOK, 1_600), noun("Pen Cup", Shape.PEN_CUP, 1_900), noun("Tray", Shape.TRAY, 2_900),
      noun("Bookend", Shape.BOOKEND, 2_700), noun("Clock", Shape.CLOCK, 5_900), noun("Ruler", Shape.RULER, 1_200),
      noun("Paperweight", Shape.PAPERWEIGHT, 2_100)),
  BAGS("Bags", "For the way there and back.",
      16, List.of(LEATHER, LINEN, WOOL, COTTON, FELT, CORK, CANVAS, BAMBOO),
      noun("Backpack", Shape.BACKPACK, 9_900), noun("Tote", Shape.TOTE, 4_900), noun("Satchel", Shape.SATCHEL, 12_400),
      noun("Wallet", Shape.WALLET, 3_900), noun("Weekender", Shape.SATCHEL, 16_400), noun("Pouch", Shape.WALLET,
          2_200)),
  TEXTILES("Textiles", "Soft things, honestly made.",
      20, List.of(LINEN, WOOL, COTTON, FELT, CANVAS, BAMBOO, LEATHER, CORK),
      noun("Blanket", Shape.BLANKET, 8_900), noun("Cushion", Shape.CUSHION, 3_900), noun("Rug", Shape.RUG, 19_900),
      noun("Towel", Shape.BLANKET, 2_400), noun("Throw", Shape.BLANKET, 6_900), noun("Table Runner", Shape.RUG, 3_200)),
  GARDEN("Garden", "A little green, indoors and out.",
      8, List.of(STONEWARE, OAK, STEEL, COPPER, BRASS, GLASS, BAMBOO, MARBLE),
      noun("Planter", Shape.PLANTER, 3_900), noun("Watering Can", Shape.WATERING_CAN, 4_400),
      noun("Vase", Shape.VASE, 3_600), noun("Trellis", Shape.TRELLIS, 5_200), noun("Bird House", Shape.BIRD_HOUSE,
          4_800),
      noun("Trowel", Shape.TROWEL, 2_300), noun("Herb Pot", Shape.PLANTER, 1_700));

  /**
   * A kind of thing.
   *
   * @param cents the price that material and make are reckoned from
   */
  record Noun(String name, Shape shape, int cents) {
    String slug() {
      return name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
  }

  /**
   * A child of a shelf in the tree.
   *
   * @param slug the name in addresses: {@code table-lamp}
   * @param title for many of them: {@code Table Lamps}
   * @param picture the address of a picture that stands for it
   */
  public record Kind(String slug, String title, String picture) {}

  private final String title;
  private final String line;
  /** Of the picture that stands for it. */
  private final int variant;
  private final List<Material> materials;
  private final List<Noun> nouns;

  Category(String title, String line, int variant, List<Material> materials, Noun... nouns) {
    this.title = title;
    this.line = line;
    this.variant = variant;
    this.materials = materials;
    this.nouns = List.of(nouns);
  }

  private static Noun noun(String name, Shape shape, int cents) {
    return new Noun(name, shape, cents);
  }

  /** The name in addresses and in the database: {@code tea}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String title() {
    return title;
  }

  /** One sentence about it. */
  public String line() {
    return line;
  }

  List<Material> materials() {
    return materials;
  }

  List<Noun> nouns() {
    return nouns;
  }

  /** What stands on the shelf, in the order of the tree. */
  public List<Kind> kinds() {
    return nouns.stream().map(noun -> new Kind(noun.slug(), plural(noun.name()), picture(noun))).toList();
  }

  /** The kind of that slug on this shelf. */
  public Optional<Kind> kind(String slug) {
    return kinds().stream().filter(kind -> kind.slug().equals(slug)).findFirst();
  }

  private String picture(Noun noun) {
    return "/img/" + Picture.number(noun.shape(), variant) + ".svg";
  }

  private static String plural(String name) {
    return name + (name.matches(".*(s|x|ch|sh)") ? "es" : "s");
  }

  /** The picture that stands for it. */
  public String pictureUrl() {
    return picture(nouns.getFirst());
  }

  /** The category of that slug. */
  public static Optional<Category> find(String slug) {
    return Arrays.stream(values()).filter(category -> category.slug().equals(slug)).findFirst();
  }
}
