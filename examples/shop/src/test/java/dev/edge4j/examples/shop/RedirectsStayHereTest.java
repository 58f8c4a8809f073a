package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No form and no address sends a browser to another site. */
class RedirectsStayHereTest {
  private static final URI HERE = URI.create("https://shop.example/");

  private static final List<String> WAYS = List.of("https://evil.example", "//evil.example", "///evil.example",
      "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example",
      "/\r\nSet-Cookie: a=b", " //evil.example", "javascript:x()", "data:text/html,x", "evil.example",
      "http:evil.example",
      "/%09/evil.example", "//evil.example@shop.example/", "/\u2171/evil.example", "");

  @Test
  void whateverAFieldSays() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser nobody = shop.browser();
      nobody.add(7, 1);
      List<Form> forms = Crawl.of(shop, nobody).forms();
      long fields = forms.stream()
          .flatMap(form -> form.fields().values().stream())
          .filter(RedirectsStayHereTest::isWay)
          .count();
      assertTrue(fields >= 3, "ways back of login, registration and market");
      for (String way : WAYS) {
        for (Form form : forms) {
          for (Map.Entry<String, String> field : form.fields().entrySet()) {
            if (isWay(field.getValue())) {
              assertStays(shop.browser().post(form.action(), demo(form, field.getKey(), way)), form.action());
            }
          }
        }
        String page = "/login?next=" + URLEncoder.encode(way, StandardCharsets.UTF_8);
        Form login = Form.of(shop.browser().get(page), "/login");
        assertStays(shop.browser().post("/login", demo(login, "", "")), page);
      }
    }
  }

  /** True for what a form says of where to go afterwards. */
  private static boolean isWay(String value) {
    return value.startsWith("/");
  }

  @Test
  void whateverHostIsNamed() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser poisoned = shop.browser().with("Host", "evil.example").with("X-Forwarded-Host", "evil.example");
      for (String target : List.of("/orders", "/checkout", "/sale")) {
        assertStays(poisoned.get(target), target);
      }
      assertEquals("/cart", poisoned.post("/cart/add", "productId=1&quantity=1").header("Location").orElseThrow());
    }
  }

  private static String demo(Form form, String field, String value) {
    Map<String, String> typed = new HashMap<>(Map.of("email", "demo@shop.example", "password", "edge-first", "name",
        "Demo"));
    typed.put(field, value);
    return form.encoded(typed);
  }

  private static void assertStays(Response response, String from) {
    response.header("Location").ifPresent(to -> {
      assertTrue(to.startsWith("/") && !to.contains("\\"), () -> from + " leads to " + to);
      assertEquals("shop.example", HERE.resolve(to).getHost(), () -> from + " leads to " + to);
    });
    assertTrue(response.headers().all("Set-Cookie").stream().noneMatch(cookie -> cookie.startsWith("a=")), from);
  }
}
