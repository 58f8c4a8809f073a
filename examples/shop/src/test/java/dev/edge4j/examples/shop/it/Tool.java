package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A program of the machine that some tests need, and what to do where it is missing. */
enum Tool {
  CHROMIUM("chromium", "apt-get install -y chromium chromium-driver", "edge4j.browser"),
  CHROMEDRIVER("chromedriver", "apt-get install -y chromium chromium-driver", "edge4j.browser"),
  STRACE("strace", "apt-get install -y strace", "edge4j.strace"),
  CURL("curl", "apt-get install -y curl", "edge4j.curl");

  private final String program;
  private final String install;
  private final String property;

  Tool(String program, String install, String property) {
    this.program = program;
    this.install = install;
    this.property = property;
  }

  /**
   * Where it is. Fails the test if it is nowhere; leaves the test out, and says so, if the property asks for that.
   */
  Path require() {
    if ("false".equals(System.getProperty(property))) {
      System.out.println("LEFT OUT: a test that needs " + program + ", by -D" + property + "=false");
      assumeTrue(false, "left out by -D" + property + "=false");
    }
    return find().orElseGet(() -> fail(
        "no " + program + " on the PATH (install it: " + install + "; or leave its tests out: -D" + property
            + "=false)"));
  }

  private Optional<Path> find() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "/usr/bin").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
