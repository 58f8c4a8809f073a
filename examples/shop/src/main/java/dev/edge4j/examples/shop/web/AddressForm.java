package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.FieldError;
import dev.edge4j.examples.shop.accounts.Address;
import dev.edge4j.examples.shop.money.ShopMarkets;
import dev.edge4j.render.market.Market;
import java.util.List;
import java.util.Optional;

/** Where an order goes, as a form: as it was filled in, with what is wrong beside each field. */
record AddressForm(List<Field> fields, List<Country> countries) {
  /** One line of text. */
  record Field(String name, String label, String autocomplete, int max, String value, Optional<String> problem) {}

  record Country(String code, String name, boolean current) {}

  /** The form, empty but for what the shop knows. */
  static AddressForm empty(String name, Market market) {
    return of(new Address(name, "", "", "", market.country()), List.of());
  }

  /** What a request sent. */
  static Address read(Context c) {
    return new Address(text(c, "name"), text(c, "street"), text(c, "postcode"), text(c, "city"), text(c, "country"));
  }

  /** The form as it was sent. */
  static AddressForm of(Address sent, List<FieldError> wrong) {
    List<Field> fields = List.of(field("name", "Name", "name", Address.MAX_TEXT, sent.name(), wrong),
        field("street", "Street and number", "street-address", Address.MAX_TEXT, sent.street(), wrong),
        field("postcode", "Postcode", "postal-code", Address.MAX_POSTCODE, sent.postcode(), wrong),
        field("city", "City", "address-level2", Address.MAX_TEXT, sent.city(), wrong));
    List<Country> countries = ShopMarkets.ALL.all()
        .stream()
        .map(market -> new Country(market.country(), ShopMarkets.name(market), market.country().equals(sent.country())))
        .toList();
    return new AddressForm(fields, countries);
  }

  private static Field field(String name, String label, String autocomplete, int max, String value,
      List<FieldError> wrong) {
    Optional<String> problem = wrong.stream()
        .filter(error -> error.field().equals(name))
        .map(error -> Frames.sentence(error.message()))
        .findFirst();
    return new Field(name, label, autocomplete, max, value, problem);
  }

  private static String text(Context c, String name) {
    return c.form(name).orElse("");
  }
}
