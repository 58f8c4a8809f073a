package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium that knows no host but this one, with a profile of its own. Confined to one test. */
final class Browser implements AutoCloseable {
  /** Selenium warns of each Chromium it has no protocol classes for, which nobody here uses. Held, or it would be collected. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Opens one whose profile lives in that folder. */
  static Browser open(Path profile, boolean javascript) {
    SELENIUM.setLevel(Level.SEVERE);
    var options = new ChromeOptions();
    options.setBinary(Tool.CHROMIUM.require().toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--user-data-dir=" + profile,
        "--window-size=1280,800");
    if (!javascript) {
      options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }
    var logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
    var service = new ChromeDriverService.Builder()
        .usingDriverExecutable(Tool.CHROMEDRIVER.require().toFile())
        .build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Goes to an address. */
  void open(URI address) {
    driver.get(address.toString());
    assertQuiet();
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

  /** Clicks, and waits for the page that comes after this one. */
  void follow(String selector) {
    WebElement root = see("html");
    see(selector).click();
    await("leave the page by " + selector, () -> gone(root));
    see("body");
    assertQuiet();
  }

  /** Types into a field, over what is in it. */
  void type(String selector, String text) {
    WebElement field = see(selector);
    field.clear();
    field.sendKeys(text);
  }

  /** Waits until that element shows that text. */
  void waitForText(String selector, String text) {
    await("read " + text + " in " + selector,
        () -> driver.findElement(By.cssSelector(selector)).getText().contains(text));
  }

  String title() {
    return String.valueOf(driver.getTitle());
  }

  URI address() {
    return URI.create(String.valueOf(driver.getCurrentUrl()));
  }

  /** Fails if the console has anything to say: an error of a script, a file that is missing, a breach of the security policy. */
  void assertQuiet() {
    List<String> said = driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::toString).toList();
    assertEquals(List.of(), said, () -> "the console on " + address());
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static boolean gone(WebElement element) {
    try {
      element.isEnabled();
      return false;
    } catch (StaleElementReferenceException e) {
      return true;
    }
  }

  private void await(String what, BooleanSupplier condition) {
    new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> "to " + what + " on " + address() + ":\n" + driver.getPageSource())
        .until(_ -> condition.getAsBoolean());
  }
}
