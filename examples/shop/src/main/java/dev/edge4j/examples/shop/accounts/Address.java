package dev.edge4j.examples.shop.accounts;

import dev.edge4j.BadRequest;
import dev.edge4j.FieldError;
import dev.edge4j.examples.shop.money.ShopMarkets;
import dev.edge4j.examples.shop.text.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a parcel goes: text of one line each, as its sender typed it, bounded.
 *
 * @param country ISO 3166-1 alpha-2 code of a country the shop sells to
 */
public record Address(String name, String street, String postcode, String city, String country) {
  /** The most characters of a name, a street or a city. */
  public static final int MAX_TEXT = 80;

  /** The most characters of a postcode. */
  public static final int MAX_POSTCODE = 12;

  private static final Pattern POSTCODE = Pattern.compile("[\\p{L}\\p{Nd}][\\p{L}\\p{Nd} -]*");

  /** The same without space around each part; {@link BadRequest} naming every field that will not do. */
  public Address checked() {
    List<FieldError> wrong = new ArrayList<>();
    var clean = new Address(line("name", name, wrong), line("street", street, wrong), postcode.strip(),
        line("city", city, wrong), country);
    if (clean.postcode.length() > MAX_POSTCODE || !POSTCODE.matcher(clean.postcode).matches()) {
      wrong.add(new FieldError("postcode", "must be 1 to " + MAX_POSTCODE + " letters, digits, spaces or hyphens"));
    }
    if (ShopMarkets.ALL.in(country).isEmpty()) {
      wrong.add(new FieldError("country", "is not one that we sell to"));
    }
    if (!wrong.isEmpty()) {
      throw new BadRequest(wrong);
    }
    return clean;
  }

  private static String line(String field, String text, List<FieldError> wrong) {
    String clean = text.strip();
    if (clean.length() > MAX_TEXT || !Typed.isLine(clean)) {
      wrong.add(new FieldError(field, "must be 1 to " + MAX_TEXT + " characters of one line, none of them hidden"));
    }
    return clean;
  }
}
