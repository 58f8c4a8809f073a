package dev.edge4j.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The script can be served from anywhere: it is one module that needs no other. What it does in a browser is {@link EdgeSocketIT}. */
class TheBrowsersEndStandsAloneTest {
  @Test
  void itIsAModuleWithoutImports() {
    String script = new String(EdgeSocket.script(), UTF_8);
    assertTrue(script.contains("export class EdgeSocket {"), script);
    assertFalse(script.contains("import"), script);
  }
}
