package dev.edge4j.examples.shop;

import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Types a text into every field of every form there is, as a customer and as the keeper of the shop, hidden fields too, and looks at every page there is afterwards. */
final class Typing {
  /**
   * An answer that may show what was typed.
   *
   * @param to what was asked for
   */
  record Shown(String to, Response response) {
    boolean isHtml() {
      return response.header("Content-Type").orElse("").startsWith("text/html");
    }
  }

  private final RunningShop shop;
  private final List<Shown> answers = new ArrayList<>();
  private int fields;

  private Typing(RunningShop shop) {
    this.shop = shop;
  }

  /** All answers, with those to requests that carry the text in their address, a header or a cookie. */
  static List<Shown> everywhere(RunningShop shop, String text) throws Exception {
    var typing = new Typing(shop);
    typing.asKeeper(text);
    typing.asCustomer(text);
    typing.besideForms(text);
    if (typing.fields < 20) {
      throw new AssertionError("only " + typing.fields + " fields were found");
    }
    return typing.answers;
  }

  private void asCustomer(String text) {
    Browser customer = shop.customer("mallory");
    customer.add(7, 1);
    customer.post("/checkout", Form.of(customer.get("/checkout"), "/checkout")
        .encoded(Map.of("name", text, "street",
            text, "city", text)));
    customer.add(8, 1);
    fill(customer, Crawl.of(shop, customer).forms(), text);
    Browser nobody = shop.browser();
    nobody.add(8, 1);
    fill(nobody, Crawl.of(shop, nobody).forms(), text);
    look(shop.customer("bob"));
    customer.post("/login", "email=mallory%40shop.example&password=secret-mallory");
    look(customer);
  }

  private void asKeeper(String text) throws Exception {
    Browser keeper = shop.keeper();
    fill(keeper, Crawl.of(shop, keeper).forms(), text);
    look(shop.keeper());
  }

  /** Each field in turn holds the text, and the others what a person would type. Who logs out does so last. */
  private void fill(Browser browser, List<Form> forms, String text) {
    Map<Boolean, List<Form>> leaving = forms.stream()
        .collect(Collectors.partitioningBy(form -> form.action().startsWith("/logout")));
    for (boolean last : new boolean[]{false, true}) {
      for (Form form : leaving.getOrDefault(last, List.of())) {
        for (String field : form.fields().keySet()) {
          fields++;
          String data = form.with(field, text);
          answers.add(new Shown(form.action() + " " + field, form.post() ? browser.post(form.action(), data)
              : browser.get(form.action() + "?" + data)));
        }
      }
    }
  }

  private void look(Browser browser) {
    Crawl.of(shop, browser).pages().forEach((target, page) -> answers.add(new Shown(target, page)));
  }

  private void besideForms(String text) {
    String encoded = new Form("", false, Map.of("x", ""), List.of()).with("x", text).substring(2);
    for (String target : List.of("/" + encoded, "/products/" + encoded, "/orders/" + encoded, "/login?next=" + encoded,
        "/products?category=" + encoded, "/products?sort=" + encoded, "/?" + encoded + "=1")) {
      answers.add(new Shown(target, shop.browser().get(target)));
    }
    Browser odd = shop.browser().with("CF-IPCountry", text).with("Referer", text).with("Host", "x" + text);
    answers.add(new Shown("header fields", odd.get("/")));
    Browser cookies = shop.browser().withCookie("market", encoded).withCookie("visitor", encoded);
    answers.add(new Shown("cookies", cookies.get("/")));
  }
}
