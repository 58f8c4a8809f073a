package dev.edge4j.examples.carts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * One of those measured, with its callers; told by lines on the standard input what to do, it
 * says that it is ready, and answers a line each.
 */
final class CartProcess {
  private CartProcess() {}

  /** Arguments: {@code edge} or {@code pekko}, the folder, the number of files. */
  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Path folder = Path.of(args[1]);
    try (Carts carts = open(args[0], folder, Integer.parseInt(args[2]))) {
      var callers = new Callers(carts, Acknowledged.in(folder));
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(line.equals("check") ? callers.check() : callers.call(Long.parseLong(line)).line());
      }
    }
  }

  private static Carts open(String kind, Path folder, int files) throws IOException, SQLException {
    return kind.equals("edge") ? EdgeCarts.open(folder, files) : PekkoCarts.open(folder, files);
  }
}
