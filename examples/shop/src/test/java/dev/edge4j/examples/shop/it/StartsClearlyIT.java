package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop that cannot start says why in one line, ends with 1, and leaves what it found as it was. */
class StartsClearlyIT {
  private static final int PRODUCTS = 12_000;

  @TempDir Path folder;

  @Test
  void a_port_in_use_is_named() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertRefused(Command.run(ShopCommand.line(folder, "--port=" + port)), String.valueOf(port));
    }
  }

  @Test
  void a_data_folder_that_is_a_file_is_named() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertRefused(Command.run(ShopCommand.line(file)), file.toString());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void a_data_folder_that_cannot_be_made_is_named() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertRefused(Command.run(ShopCommand.line(file.resolve("data"))), file.toString());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void a_host_that_is_not_there_is_named() throws Exception {
    assertRefused(Command.run(ShopCommand.line(folder, "--host=no-such-host.invalid")),
        "no-such-host.invalid:0: there is no host of that name");
  }

  @Test
  void an_option_that_is_wrong_or_unknown_is_named() throws Exception {
    assertRefused(Command.run(ShopCommand.line(folder, "--port=many")), "many");
    assertRefused(Command.run(ShopCommand.line(folder, "--port=99999")), "port");
    assertRefused(Command.run(ShopCommand.line(folder, "--products=0")), "products");
    assertRefused(Command.run(ShopCommand.line(folder, "--prot=1")), "--port");
  }

  @Test
  void a_database_of_garbage_is_named_and_left_alone() throws Exception {
    try (ShopProcess shop = ShopProcess.start(folder)) {
      shop.stop();
    }
    List<Path> databases = databases();
    assertTrue(databases.size() >= 3, () -> "expected catalogue, origin and objects: " + databases);
    for (Path database : databases) {
      byte[] good = Files.readAllBytes(database);
      byte[] garbage = new byte[good.length];
      new Random(7).nextBytes(garbage);
      Files.write(database, garbage);
      assertRefused(Command.run(ShopCommand.line(folder)), database.getFileName().toString());
      assertArrayEquals(garbage, Files.readAllBytes(database), database::toString);
      Files.write(database, good);
    }
    ShopProcess.start(folder).close();
  }

  @Test
  void a_shop_killed_while_it_makes_its_products_makes_them_all_next_time() throws Exception {
    killWhenItSays("Making products: " + PRODUCTS / 2);

    try (ShopProcess shop = ShopProcess.start(folder, "--products=" + PRODUCTS)) {
      Command list = Command.run(List.of(Tool.CURL.require().toString(), "-sS", shop.at("/products").toString()));
      assertTrue(list.out().contains(PRODUCTS + " products"), list::out);
    }
  }

  private void killWhenItSays(String words) throws IOException {
    Process shop = new ProcessBuilder(ShopCommand.line(folder, "--products=" + PRODUCTS)).redirectErrorStream(true)
        .start();
    try (BufferedReader output = shop.inputReader()) {
      List<String> before = output.lines().takeWhile(line -> !line.startsWith(words)).toList();
      assertTrue(before.stream().noneMatch(line -> line.startsWith("Shop: ")), () -> "never said " + words + before);
    } finally {
      shop.destroyForcibly().onExit().join();
    }
  }

  private List<Path> databases() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".db")).sorted().toList();
    }
  }

  private static void assertRefused(Command shop, String name) {
    assertEquals(1, shop.exitCode(), shop::toString);
    List<String> said = shop.err().lines().toList();
    assertEquals(1, said.size(), () -> "one line on stderr: " + shop.err());
    assertTrue(said.getFirst().startsWith("The shop cannot start: "), said::toString);
    assertTrue(said.getFirst().contains(name), () -> name + " in: " + said);
    assertFalse(said.getFirst().contains("Exception"), said::toString);
    assertTrue(shop.out().lines().noneMatch(line -> line.startsWith("Shop: ")), shop::out);
  }
}
