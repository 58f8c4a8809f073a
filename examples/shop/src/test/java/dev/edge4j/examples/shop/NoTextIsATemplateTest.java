package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is typed is never read as a template or an expression: neither when it is shown, nor when what was shown is rendered around it. */
class NoTextIsATemplateTest {
  private static final String TEMPLATE = "zz{{frame.region}}{{7}}${7*7}zz#{7*7}{{{frame.title}}}{{>cart}}{{#frame}}in{{/frame}}zz@x";
  private static final Pattern EVALUATED = Pattern.compile("zz(?:local|49|</?[a-z])|zz#49|zz[^{]{0,20}in(?:zz|@)");

  @Test
  void inAnyField() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      List<Typing.Shown> answers = Typing.everywhere(shop, TEMPLATE);
      int echoes = 0;
      for (Typing.Shown shown : answers) {
        String text = Form.plain(shown.response().text());
        assertTrue(shown.response().status() < 500, () -> shown.to() + ": " + text);
        assertFalse(EVALUATED.matcher(text).find(), () -> shown.to() + " evaluates: " + text);
        echoes += text.contains("zz{{frame.region}}{{7}}${7*7}zz") ? 1 : 0;
      }
      int shown = echoes;
      assertTrue(shown > 5, () -> "only " + shown + " pages show what was typed, so this proves little");
    }
  }
}
