package dev.edge4j.examples.shop.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop as curl sees it, and what it does to clients that send too much, too slowly, or the wrong thing. */
class RudeClientsIT {
  private static final int PATIENCE_MILLIS = 60_000;

  @TempDir static Path folder;

  @AutoClose private static ShopProcess shop;

  @BeforeAll
  static void openTheShop() {
    Tool.CURL.require();
    shop = ShopProcess.start(folder.resolve("data"));
  }

  @Test
  void a_list_is_a_miss_and_then_a_hit() throws Exception {
    String first = curl("/api/products?category=desk");
    String second = curl("/api/products?category=desk");

    assertStatus(200, first);
    assertHeader("x-cache: MISS", first);
    assertHeader("x-cache: HIT", second);
    assertEquals(body(first), body(second));
    assertTrue(body(first).contains("\"category\":\"desk\""), first);
  }

  @Test
  void the_edge_says_how_long_it_took_and_where_it_is() throws Exception {
    String reply = curl("/api/products", "-H", "CF-IPCountry: JP");

    assertHeader("x-edge-time: ", reply);
    assertHeader("x-edge-region: ", reply);
    assertHeader("x-user-country: ", reply);
    assertHeader("content-type: application/json", reply);
  }

  @Test
  void a_product_has_a_page_and_json() throws Exception {
    assertTrue(body(curl("/api/products/1")).contains("\"id\":1"));
    String page = curl("/products/1");
    assertTrue(body(page).startsWith("<!DOCTYPE html>"), page);
    assertTrue(body(page).contains("Add to Cart"), page);
  }

  @Test
  void a_product_that_is_not_there_is_404_in_json() throws Exception {
    String reply = curl("/api/products/999999");

    assertStatus(404, reply);
    assertTrue(body(reply).contains("\"error\":\"Product not found\""), reply);
  }

  @Test
  void a_cart_remembers_by_cookie() throws Exception {
    String jar = folder.resolve("jar").toString();
    String added = curl("/api/cart/add", "-c", jar, "-H", "Content-Type: application/json",
        "-d", "{\"productId\":3,\"quantity\":2}");

    assertStatus(200, added);
    assertTrue(body(curl("/api/cart", "-b", jar)).contains("\"cart\":{\"3\":2}"));
    assertTrue(body(curl("/api/cart")).contains("\"cart\":{}"));
  }

  @Test
  void a_method_that_is_not_there_is_405_and_says_which_are() throws Exception {
    String reply = curl("/api/products", "-X", "DELETE");

    assertStatus(405, reply);
    assertHeader("allow: ", reply);
    assertTrue(headers(reply).stream().anyMatch(line -> line.startsWith("allow: ") && line.contains("get")), reply);
  }

  @Test
  void a_body_beyond_the_limit_is_413() throws Exception {
    Path big = Files.write(folder.resolve("big"), new byte[20 << 20]);
    String reply = curl("/api/cart/add", "-H", "Content-Type: application/json", "-H", "Expect:",
        "--data-binary", "@" + big);

    assertStatus(413, reply);
  }

  @Test
  void headers_beyond_the_limit_are_431() throws Exception {
    assertStatus(431, curl("/", "-H", "X-Long: " + "a".repeat(64 << 10)));
  }

  @Test
  void a_body_that_is_no_json_is_400() throws Exception {
    assertStatus(400, curl("/api/cart/add", "-H", "Content-Type: application/json", "-d", "{\"productId\":"));
  }

  @Test
  void a_request_that_never_ends_is_closed() throws IOException {
    try (var socket = new Socket(shop.address().getHost(), shop.address().getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ".getBytes(US_ASCII));

      String reply = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(reply.isEmpty() || reply.startsWith("HTTP/1.1 408 "), reply);
    }
  }

  /** Head and body of the answer, the lines of the head in lower case. */
  private static String curl(String path, String... options) throws InterruptedException {
    List<String> line = new ArrayList<>(List.of(Tool.CURL.require().toString(), "-sS", "-i", "--max-time", "30"));
    line.addAll(List.of(options));
    line.add(shop.at(path).toString());
    Command curl = Command.run(line);
    assertEquals(0, curl.exitCode(), curl::toString);
    return curl.out();
  }

  private static List<String> headers(String reply) {
    return reply.lines().takeWhile(line -> !line.isEmpty()).map(line -> line.toLowerCase(Locale.ROOT)).toList();
  }

  private static String body(String reply) {
    return reply.substring(reply.indexOf("\r\n\r\n") + 4);
  }

  private static void assertStatus(int status, String reply) {
    assertTrue(reply.startsWith("HTTP/1.1 " + status + " "), reply);
  }

  private static void assertHeader(String start, String reply) {
    String wanted = start.toLowerCase(Locale.ROOT);
    assertTrue(headers(reply).stream().anyMatch(line -> line.startsWith(wanted)), () -> "no " + start + " in " + reply);
  }
}
