package dev.edge4j.examples.shop.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line that starts the shop: with the Java and the class path of the tests, on a free port, with few products and cheap passwords. */
final class ShopCommand {
  private static final List<String> USUAL = List.of("--port=0", "--products=200", "--rate=10000000",
      "--password.rounds=10000", "--patience=20");

  private static final String SHOP = "dev.edge4j.examples.shop.Shop";
  private static final String ON_ENGINES = "dev.edge4j.examples.shop.engines.ShopOnEngines";

  private ShopCommand() {}

  /** The line for that data folder; options such as {@code --port=8080} take the place of the usual ones. */
  static List<String> line(Path data, String... options) {
    return line(SHOP, List.of(), data, options);
  }

  /** The same on engines, none of which is fetched if it is large. */
  static List<String> onEngines(Path data, String... options) {
    return line(ON_ENGINES, List.of("-Dshop.engines.cached=" + !Boolean.getBoolean("edge4j.long")), data, options);
  }

  private static List<String> line(String program, List<String> properties, Path data, String... options) {
    List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-Dio.netty.leakDetection.level=paranoid", "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC", "-Xmx512m", "-classpath", System.getProperty("java.class.path")));
    line.addAll(properties);
    line.addAll(List.of(program, "--data=" + data));
    line.addAll(List.of(options));
    USUAL.stream()
        .filter(usual -> Stream.of(options).noneMatch(given -> name(given).equals(name(usual))))
        .forEach(
            line::add);
    return line;
  }

  private static String name(String option) {
    return option.substring(0, option.indexOf('='));
  }
}
