package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.ServiceUnavailable;
import dev.edge4j.examples.shop.accounts.Passwords;
import dev.edge4j.http.Response;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong password and an address that nobody has look the same, take the same time, and cannot be tried for long. */
class LoginTellsNobodyWhoHasAnAccountTest {
  private static final int ROUNDS = 15;

  private static RunningShop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
    shop.customer("ada");
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/api/login"})
  void byTheAnswer(String route) {
    for (String password : new String[]{"wrong-password", "", "x".repeat(5_000), "secret-ad"}) {
      Response known = attempt(route, "ada@shop.example", password);
      Response unknown = attempt(route, "eve@shop.example", password);
      assertEquals(401, known.status());
      assertEquals(known.status(), unknown.status());
      assertEquals(content(known).replace("ada@", "eve@"), content(unknown));
    }
  }

  /** The hash is what takes time: it is reckoned for nobody's password as for somebody's. */
  @Test
  void byTheTime() {
    var passwords = new Passwords(5_000);
    String hash = passwords.hash("secret-ada");
    var somebody = new long[ROUNDS];
    var nobody = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      boolean right = passwords.matches("wrong-one", hash);
      somebody[i] = System.nanoTime() - begin;
      begin = System.nanoTime();
      passwords.matchNobody("wrong-one");
      nobody[i] = System.nanoTime() - begin;
      assertTrue(!right);
    }
    double ratio = median(somebody) / median(nobody);
    assertTrue(ratio > 0.5 && ratio < 2, () -> "somebody's takes " + ratio + " times as long as nobody's");
  }

  @Test
  void bothAreReckonedByTheLogin() {
    attempt("/login", "ada@shop.example", "warm-up");
    var known = new long[ROUNDS];
    var unknown = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      known[i] = time("ada@shop.example");
      unknown[i] = time("eve" + i + "@shop.example");
    }
    double ratio = median(known) / median(unknown);
    assertTrue(ratio > 0.4 && ratio < 2.5, () -> "a known address takes " + ratio + " times as long");
  }

  @Test
  void registeringWithATakenAddressIsAFailedLogin() {
    Response taken = shop.browser().post("/register", "name=a&email=ada%40shop.example&password=another-one");
    assertEquals(401, taken.status());
    assertTrue(taken.text().contains("That email and password do not belong together"), taken.text());
  }

  @Test
  void norByTrying() throws Exception {
    try (RunningShop strict = RunningShop.with("--rate=2000")) {
      int tries = 0;
      while (strict.browser().post("/login", "email=a%40b&password=" + tries).status() != 429) {
        tries++;
        assertTrue(tries < 200, "guessing goes on and on");
      }
    }
  }

  @Test
  void norByTryingFromManyPlaces() throws Exception {
    try (RunningShop strict = RunningShop.with("--rate=2000", "--proxies=127.0.0.1")) {
      int tries = 0;
      int status = 0;
      while (status != 429) {
        tries++;
        assertTrue(tries < 50, "guessing goes on and on");
        String email = tries % 2 == 0 ? "ada%40shop.example" : "+ADA%40Shop.example";
        Browser place = strict.browser().with("X-Forwarded-For", "203.0.113." + tries);
        status = tries % 3 == 0
            ? place.postJson("/api/login", "{\"email\":\"Ada@shop.example\",\"password\":\"" + tries + "\"}").status()
            : place.post("/login", "email=" + email + "&password=" + tries).status();
      }
      assertEquals(401, strict.browser()
          .with("X-Forwarded-For", "203.0.113.1")
          .post("/login", "email=bob%40b&password=x")
          .status(), "another account is another's");
    }
  }

  @Test
  void whoComesWhenManyWaitIsToldAtOnceToComeLater() throws Exception {
    var passwords = new Passwords(100_000);
    List<Future<Optional<String>>> asked;
    try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
      asked = Collections.nCopies(100, 0).stream().map(_ -> visitors.submit(() -> refusal(passwords))).toList();
    }
    long refused = asked.stream().filter(each -> each.resultNow().equals(Optional.of("2"))).count();
    long served = asked.stream().filter(each -> each.resultNow().isEmpty()).count();
    assertEquals(100, refused + served);
    assertTrue(served >= 18 && refused > 0, () -> served + " served, " + refused + " refused");
  }

  /** When to come back; empty for who was served. */
  private static Optional<String> refusal(Passwords passwords) {
    try {
      passwords.matchNobody("wrong-one");
      return Optional.empty();
    } catch (ServiceUnavailable e) {
      return e.headers().first("Retry-After");
    }
  }

  private long time(String email) {
    long begin = System.nanoTime();
    attempt("/login", email, "wrong-password");
    return System.nanoTime() - begin;
  }

  private Response attempt(String route, String email, String password) {
    return route.startsWith("/api") ? shop.browser()
        .withCookie("visitor", "0".repeat(32))
        .postJson(route, "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}")
        : shop.browser()
            .withCookie("visitor", "0".repeat(32))
            .post(route, "email=" + email.replace("@", "%40") + "&password=" + password);
  }

  /** What a page says, without the foot that tells how long it took. */
  private static String content(Response response) {
    String text = response.text();
    int end = text.indexOf("</main>");
    return end < 0 ? text : text.substring(text.indexOf("<main"), end);
  }

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
