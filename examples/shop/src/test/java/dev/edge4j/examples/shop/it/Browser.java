package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;

/**
 * A Chromium that knows no host but this one, with a profile of its own. Each page it comes to must leave the console silent, and fit the screen. Confined to one class of
 * tests, whose tests begin with {@link #fresh}.
 */
final class Browser implements AutoCloseable {
  private static final int PHONE_WIDTH = 390;
  private static final int PHONE_HEIGHT = 844;
  private static final int MOST_TABS = 200;

  private final ChromeDriver driver;
  private final Patience patience;
  private boolean phone;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
    this.patience = new Patience(driver);
  }

  /** Opens one whose profile lives in that folder. */
  static Browser open(Path profile, boolean javascript) {
    return new Browser(Chromium.start(profile, javascript));
  }

  /** Is another visitor's from now on, who sits at a desk: no cookies, one tab. */
  Browser fresh() {
    List<String> tabs = List.copyOf(driver.getWindowHandles());
    tabs.subList(1, tabs.size()).forEach(tab -> driver.switchTo().window(tab).close());
    show(tabs.getFirst());
    driver.get("about:blank");
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    phone = false;
    var _ = console();
    return this;
  }

  /** Is a phone from the next page on. */
  Browser asPhone() {
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
        Map.of("width", PHONE_WIDTH, "height", PHONE_HEIGHT, "deviceScaleFactor", 2, "mobile", true));
    phone = true;
    return this;
  }

  /** Whether the system of this visitor is dark. */
  void asSystem(boolean dark) {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Runs that script of a test in each page of this tab, in front of its own. */
  void beforeEachPage(String script) {
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /** Goes to an address. */
  void open(URI address) {
    driver.get(address.toString());
    settled();
  }

  /** Goes to an address that answers with an error, of which the console tells, and of nothing else. */
  void openFailing(URI address, int status) {
    driver.get(address.toString());
    assertFailed(status);
  }

  /** Goes to an address again and again, until that element shows that text. */
  void openUntil(URI address, String selector, String text) {
    await("read " + text + " in " + selector, () -> {
      open(address);
      return all(selector).stream().anyMatch(element -> element.getText().contains(text));
    });
  }

  /** The one element of that selector, as soon as it is there and shown. */
  WebElement see(String selector) {
    await("see " + selector, () -> driver.findElement(By.cssSelector(selector)).isDisplayed());
    return driver.findElement(By.cssSelector(selector));
  }

  /** All elements of that selector, now. */
  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Clicks on what is perhaps being drawn again at this moment, and stays on the page. */
  void click(String selector) {
    await("click " + selector, () -> {
      see(selector).click();
      return true;
    });
  }

  /** Clicks, and waits for the page that comes after this one. */
  void follow(String selector) {
    leave(selector, () -> click(selector));
    settled();
  }

  /** The same by a key, of what is perhaps being moved or drawn again at this moment. */
  void followByEnter(String selector) {
    leave(selector, () -> await("press " + selector, () -> {
      see(selector).sendKeys(Keys.ENTER);
      return true;
    }));
    settled();
  }

  /** As {@link #follow}, where the page that comes is an error's. */
  void followFailing(String selector, int status) {
    leave(selector, () -> click(selector));
    assertFailed(status);
  }

  /** The same by the keyboard alone: Tab until the element has the focus, then Enter. */
  void followByKeys(String selector) {
    tabTo(selector);
    leave(selector, () -> press(Keys.ENTER));
    settled();
  }

  /** Picks a value of a select, presses the button of its form, and waits for the page that comes. */
  void pick(String selector, String value) {
    choose(selector, value);
    follow("form:has(" + selector + ") button");
  }

  /** Picks a value of a select. */
  void choose(String selector, String value) {
    new Select(see(selector)).selectByValue(value);
  }

  /** Types into a field, over what is in it. */
  void type(String selector, String text) {
    WebElement field = see(selector);
    field.clear();
    field.sendKeys(text);
  }

  /** Presses keys, wherever the focus is. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses Tab until that element has the focus, as a sign that is seen. */
  void tabTo(String selector) {
    await("find " + selector, () -> !all(selector).isEmpty());
    for (int i = 0; i < MOST_TABS; i++) {
      press(Keys.TAB);
      if (Boolean.TRUE.equals(script("return document.activeElement.matches(arguments[0])", selector))) {
        assertEquals(true, script("return document.activeElement.matches(':focus-visible')"), selector);
        return;
      }
    }
    fail("Tab does not come to " + selector + " on " + address());
  }

  /** Clicks into the middle of an element, as a mouse does. */
  void clickMiddle(String selector) {
    new Actions(driver).moveToElement(see(selector)).click().perform();
  }

  /** Rests the pointer on an element. */
  void restOn(String selector) {
    new Actions(driver).moveToElement(see(selector)).perform();
  }

  /** Waits until that element shows that text. */
  void waitForText(String selector, String text) {
    await("read " + text + " in " + selector,
        () -> driver.findElement(By.cssSelector(selector)).getText().contains(text));
  }

  /** Waits until who does not see the page is told that of the cart. */
  void waitForNews(String text) {
    await("hear " + text, () -> text.equals(script("return document.querySelector('.news').textContent")));
  }

  /** Waits until that element shows a text that matches wholly. */
  void waitForMatch(String selector, String regex) {
    await("match " + regex + " in " + selector,
        () -> driver.findElement(By.cssSelector(selector)).getText().strip().matches(regex));
  }

  /** What a script of the test finds in the page. */
  Object script(String script, Object... arguments) {
    return Optional.ofNullable(driver.executeScript(script, arguments)).orElse("");
  }

  /** Opens an address in a tab of its own, and shows that. */
  void openTab(URI address) {
    driver.switchTo().newWindow(WindowType.TAB);
    open(address);
  }

  /** The tab that is shown, for {@link #show}. */
  String tab() {
    return driver.getWindowHandle();
  }

  /** Shows a tab. */
  void show(String tab) {
    driver.switchTo().window(tab);
  }

  String cookie(String name) {
    return Optional.ofNullable(driver.manage().getCookieNamed(name)).map(Cookie::getValue).orElse("");
  }

  String title() {
    return String.valueOf(driver.getTitle());
  }

  URI address() {
    return URI.create(String.valueOf(driver.getCurrentUrl()));
  }

  /** Fails if the console has anything to say: an error of a script, a file that is missing, a breach of the security policy. */
  void assertQuiet() {
    assertEquals(List.of(), console(), () -> "the console on " + address());
  }

  @Override
  public void close() {
    driver.quit();
  }

  private void settled() {
    see("body");
    assertQuiet();
    if (phone && address().getScheme().startsWith("http")) {
      assertEquals((long) PHONE_WIDTH, script("return document.scrollingElement.scrollWidth"), () -> "the width of "
          + address());
    }
  }

  private void assertFailed(int status) {
    see("body");
    List<String> said = console();
    assertTrue(said.size() == 1 && said.getFirst().contains(" status of " + status), () -> "the console on "
        + address() + ": " + said);
  }

  private List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::toString).toList();
  }

  private void leave(String selector, Runnable step) {
    WebElement root = see("html");
    step.run();
    await("leave the page by " + selector, () -> Patience.gone(root));
  }

  private void await(String what, BooleanSupplier condition) {
    patience.await(what, condition);
  }
}
