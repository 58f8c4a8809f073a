package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The sale of the day in two tabs: its counter moves in both, and a hundred pieces are sold once each, however many want them at the same time. */
@ExtendWith(SharedShop.Visitors.class)
class TheSaleInTwoTabsIT {
  private static final int PIECES = 100;
  private static final int RIVALS = 108;
  private static final Set<Integer> NOT_NOW = Set.of(503, 504);
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

  @Test
  void the_counter_moves_in_both_and_does_not_oversell(SharedShop shop, @TempDir Path profile) throws Exception {
    try (Browser browser = Browser.open(profile, true); HttpClient http = http()) {
      browser.open(shop.at("/login?next=/sale"));
      BuysInChromiumIT.register(browser, "Sasha");
      browser.see("#sale-left[data-state=live]");
      browser.waitForText("#sale-left", "100");
      String first = browser.tab();
      browser.openTab(shop.at("/sale"));
      browser.see("#sale-left[data-state=live]");

      browser.follow("form[action='/sale/claim'] button");
      assertEquals(1, BuysInChromiumIT.lines(browser).size(), "a piece is in the cart");
      String second = browser.tab();
      browser.show(first);
      browser.waitForText("#sale-left", "99");
      browser.show(second);
      browser.open(shop.at("/sale"));
      browser.see("#sale-left[data-state=live]");

      List<String> rivals = rivals(http, shop);
      assertEquals(Map.of(201, PIECES - 1L, 409, RIVALS - PIECES + 1L), rush(http, shop, rivals));
      for (String tab : List.of(first, second)) {
        browser.show(tab);
        browser.waitForMatch("#sale-left", "0");
      }
      browser.open(shop.at("/sale"));
      browser.waitForText("#main", "All taken");
      browser.waitForText("#main", "One is yours");
    }
  }

  private static HttpClient http() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /** All who are there, at the same time: how many of them were answered how. */
  private static Map<Integer, Long> rush(HttpClient http, SharedShop shop, List<String> tokens) {
    List<CompletableFuture<Integer>> claims = tokens.stream()
        .map(token -> claim(http, shop, token))
        .toList();
    return claims.stream()
        .map(CompletableFuture::join)
        .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
  }

  /** Asks again where the answer is "not now": the same claim gets the same piece. */
  private static CompletableFuture<Integer> claim(HttpClient http, SharedShop shop, String token) {
    return post(http, shop.at("/api/sale/claim"), "Bearer " + token, "{}").thenCompose(answer -> NOT_NOW.contains(answer
        .statusCode()) ? claim(http, shop, token) : CompletableFuture.completedFuture(answer.statusCode()));
  }

  /** Has rivals make their accounts, one after the other: each costs the shop the hash of a password. */
  private static List<String> rivals(HttpClient http, SharedShop shop) {
    return IntStream.range(0, RIVALS)
        .mapToObj(number -> "{\"name\":\"Rival\",\"email\":\"rival-" + number
            + "@example.com\",\"password\":\"a long enough password\"}")
        .map(account -> token(post(http, shop.at("/api/register"), "", account).join()))
        .toList();
  }

  private static String token(HttpResponse<String> registered) {
    Matcher token = TOKEN.matcher(registered.body());
    assertEquals(true, token.find(), registered::body);
    return token.group(1);
  }

  private static CompletableFuture<HttpResponse<String>> post(HttpClient http, URI address, String authorization,
      String json) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
    return http.sendAsync((authorization.isEmpty() ? request : request.header("Authorization", authorization)).build(),
        BodyHandlers.ofString());
  }
}
