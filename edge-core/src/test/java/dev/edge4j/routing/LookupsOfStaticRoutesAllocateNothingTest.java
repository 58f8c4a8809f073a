package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lookup makes no garbage unless an expression is on its way; what it answers was made when the table was. */
class LookupsOfStaticRoutesAllocateNothingTest {
  private static final int LOOKUPS = 20_000;

  private final RouteTable<String> table = RouteTable.<String>builder()
      .add("GET", PathPattern.parse("/user"), "user")
      .add("GET", PathPattern.parse("/user/:x"), "one")
      .add("GET", PathPattern.parse("/user/comments"), "shadowed")
      .add("GET", PathPattern.parse("/:a/:b.json"), "json")
      .add("GET", PathPattern.parse("/static/*"), "static")
      .add("POST", PathPattern.parse("/very/deeply/nested/route"), "deep")
      .build();

  private int found;

  @Test
  void neitherHitsNorMisses() {
    List<String> paths = List.of("/user", "/user/comments", "/static/a/b.js", "/very/deeply/nested/route",
        "/nothing/here",
        "/a/b.json");
    lookUp(paths);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    lookUp(paths);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(2 * 4 * LOOKUPS, found);
    assertTrue(bytes < LOOKUPS, bytes + " bytes in " + LOOKUPS * paths.size() + " lookups");
  }

  private void lookUp(List<String> paths) {
    for (int i = 0; i < LOOKUPS; i++) {
      for (int p = 0; p < paths.size(); p++) {
        found += table.find("GET", paths.get(p)).isPresent() ? 1 : 0;
      }
    }
  }
}
