package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.Language.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The query comes before the cookie and that before the header; what was asked stands in Vary. */
class LanguageIsFoundInOrderTest {
  private static final Language OURS = Language.of("en", "de", "pt-BR");

  private static Response ask(Language language, String target, String cookie, String accepted) {
    var app = new App();
    app.use(language);
    app.get("/*rest", c -> c.text(c.require(Language.KEY)));
    Request request = Request.get(target);
    request = cookie.isEmpty() ? request : request.withHeader("Cookie", cookie);
    return app.request(accepted.isEmpty() ? request : request.withHeader("Accept-Language", accepted));
  }

  @ParameterizedTest
  @CsvSource({"/?lang=de, language=pt-BR, en, de, ''", "/?lang=fr, language=pt-br, de, pt-BR, Cookie",
      "/, language=fr, de-AT, de, 'Cookie, Accept-Language'",
      "/, '', 'fr, pt-BR;q=0.8, de;q=0.9', de, 'Cookie, Accept-Language'",
      "/, '', 'de;q=0', en, 'Cookie, Accept-Language'", "/, '', '', en, 'Cookie, Accept-Language'",
      "/?lang=DE-ch, '', '', de, ''", "/?lang=../../etc, '', '', en, 'Cookie, Accept-Language'"})
  void theFirstSourceThatNamesOneOfOursDecides(String target, String cookie, String accepted, String language,
      String vary) {
    Response response = ask(OURS, target, cookie, accepted);
    assertEquals(language, response.text());
    assertEquals(vary, String.join(", ", response.headers().all("Vary")));
  }

  @Test
  void theOrderIsTheApplications() {
    Language byPath = OURS.from(new Source.Path(0), new Source.Header());
    assertEquals("de", ask(byPath, "/de/news", "language=en", "en").text());
    Response other = ask(byPath, "/news?lang=de", "language=de", "pt-BR");
    assertEquals("pt-BR", other.text());
    assertEquals(List.of("Accept-Language"), other.headers().all("Vary"));
  }

  @Test
  void whatTheVisitorChoseIsRememberedIfAsked() {
    Language remembering = OURS.remembering(Duration.ofDays(30));
    assertEquals(Optional.of("language=de; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"), ask(remembering,
        "/?lang=de-AT", "", "").header("Set-Cookie"));
    assertEquals(Optional.empty(), ask(remembering, "/?lang=de", "language=de", "").header("Set-Cookie"));
    assertEquals(Optional.empty(), ask(remembering, "/", "", "de").header("Set-Cookie"));
    assertEquals(Optional.empty(), ask(OURS, "/?lang=de", "", "").header("Set-Cookie"));
  }

  @Test
  void badOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, Language::of);
    assertThrows(IllegalArgumentException.class, () -> Language.of("en_US"));
    assertThrows(IllegalArgumentException.class, () -> OURS.from());
    assertThrows(IllegalArgumentException.class, () -> OURS.remembering(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> OURS.from(new Source.Header()).remembering(Duration.ofDays(1)));
  }
}
