package dev.edge4j.examples.shop.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Waits for what a browser will show, as long as a machine under load may take for it. */
record Patience(WebDriver driver) {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration BETWEEN = Duration.ofMillis(100);

  /** Waits until a condition holds; an element that is not there yet, or no longer, is none. */
  void await(String what, BooleanSupplier condition) {
    new WebDriverWait(driver, LONGEST, BETWEEN)
        .withMessage(() -> "to " + what + " on " + driver.getCurrentUrl() + ":\n" + driver.getPageSource())
        .until(_ -> holds(condition));
  }

  /** Whether the document of an element has been left. */
  static boolean gone(WebElement element) {
    try {
      element.isEnabled();
      return false;
    } catch (WebDriverException e) {
      return rethrownUnlessGone(e);
    }
  }

  /** True; a document that is left at this very moment is an error of the inspector's to the driver. */
  private static boolean rethrownUnlessGone(WebDriverException e) {
    boolean gone = e instanceof StaleElementReferenceException || String.valueOf(e.getRawMessage())
        .contains("does not belong to the document");
    if (!gone) {
      throw e;
    }
    return true;
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (NoSuchElementException e) {
      return false;
    } catch (WebDriverException e) {
      return !rethrownUnlessGone(e);
    }
  }
}
