package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a named module a model is public and exported, or its package is open; anything else says what to do. */
class ModelsInNamedModulesTest {
  private final Path folder;

  ModelsInNamedModulesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void publicAndExported() throws Exception {
    assertEquals("tea", Rendered.text("{{name}}", model("public", "exports shop;")));
  }

  @Test
  void openPackage() throws Exception {
    assertEquals("tea", Rendered.text("{{name}}", model("", "exports shop; opens shop;")));
  }

  @Test
  void closedPackage() throws Exception {
    TemplateException e = Rendered.error("{{name}}", model("", "exports shop;"));
    assertTrue(e.getMessage().startsWith("template page:1:1: cannot read \"name\": shop.Tea is not readable"), e
        .getMessage());
    assertTrue(e.getMessage().contains("in module shop: opens shop to"), e.getMessage());
  }

  /** Compiles module {@code shop}, whose public {@code Shelf} supplies a {@code Tea}, and loads it in a layer of its own. */
  private Object model(String access, String directives) throws IOException, ReflectiveOperationException {
    write("module-info.java", "module shop { " + directives + " }");
    write("shop/Tea.java", "package shop; " + access + " record Tea(String name) {}");
    write("shop/Shelf.java", "package shop; public class Shelf implements java.util.function.Supplier<Object> {"
        + " public Object get() { return new Tea(\"tea\"); } }");
    Path out = folder.resolve("out");
    int result = ToolProvider.findFirst("javac")
        .orElseThrow()
        .run(System.out, System.err, "-d", out.toString(),
            folder.resolve("module-info.java").toString(), folder.resolve("shop/Tea.java").toString(),
            folder.resolve("shop/Shelf.java").toString());
    assertEquals(0, result);
    ModuleLayer boot = ModuleLayer.boot();
    Configuration modules = boot.configuration().resolve(ModuleFinder.of(out), ModuleFinder.of(), Set.of("shop"));
    ClassLoader loader = ModuleLayer
        .defineModulesWithOneLoader(modules, List.of(boot), ClassLoader.getSystemClassLoader())
        .layer()
        .findLoader("shop");
    var shelf = (Supplier<?>) loader.loadClass("shop.Shelf").getConstructor().newInstance();
    return shelf.get();
  }

  private void write(String name, String source) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
  }
}
