import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts the shop with fresh data and runs one of the scripts of this folder against it, with npm packages that are put into target/audit:
 * {@code java src/audit/Run.java SCRIPT PORT SHOP_OPTIONS CLASS_PATH}. Ends with the script's status; the shop ends with it.
 */
final class Run {
  private Run() {}

  public static void main(String[] arguments) throws Exception {
    String script = arguments[0];
    String port = arguments[1];
    Path source = Path.of("src", "audit").toAbsolutePath();
    Path target = Files.createDirectories(Path.of("target", "audit").toAbsolutePath());
    copy(source, target);
    delete(target.resolve("data"));
    run(target, List.of("npm", "install", "--no-audit", "--no-fund", "--silent"));
    List<String> shop = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-classpath", arguments[3],
        "dev.edge4j.examples.shop.Shop", "--data=" + target.resolve("data"), "--port=" + port, "--rate=1000000"));
    Stream.of(arguments[2].split(" ")).filter(option -> !option.isBlank()).forEach(shop::add);
    Process started = new ProcessBuilder(shop).directory(target.toFile())
        .redirectErrorStream(true)
        .redirectOutput(target.resolve("shop.log").toFile())
        .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
    int status = run(target, List.of("node_modules/.bin/node", script, "http://127.0.0.1:" + port,
        Path.of("..", "..", "docs").toAbsolutePath().normalize().toString()));
    started.destroy();
    started.waitFor();
    System.exit(status);
  }

  private static int run(Path folder, List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    builder.environment().putAll(Map.of("PUPPETEER_SKIP_DOWNLOAD", "1"));
    int status = builder.start().waitFor();
    if (status != 0 && command.getFirst().equals("npm")) {
      throw new IOException("npm install ended with " + status);
    }
    return status;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files.filter(each -> !each.toString().endsWith(".java"))::iterator) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
