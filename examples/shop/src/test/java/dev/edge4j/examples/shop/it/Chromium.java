package dev.edge4j.examples.shop.it;

import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Starts Debian's Chromium without a window, for one driver. It knows no host but this one. */
final class Chromium {
  /** Selenium warns of each Chromium it has no protocol classes for, which nobody here uses. Held, or it would be collected. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private Chromium() {}

  /** Starts one whose profile lives in that folder, and whose console is kept. */
  static ChromeDriver start(Path profile, boolean javascript) {
    SELENIUM.setLevel(Level.SEVERE);
    var options = new ChromeOptions();
    options.setBinary(Tool.CHROMIUM.require().toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--user-data-dir=" + profile,
        "--window-size=1280,800", "--force-prefers-reduced-motion"); // what moves from one page to the next takes no clicks
    if (!javascript) {
      options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }
    var logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
    var service = new ChromeDriverService.Builder()
        .usingDriverExecutable(Tool.CHROMEDRIVER.require().toFile())
        .build();
    return new ChromeDriver(service, options);
  }
}
