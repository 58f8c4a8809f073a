package dev.edge4j.examples.shop.it;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;

/** The shop as it starts without being told anything: all its data in files of one folder. */
class TheShopOnFilesIT extends ShoppingContract {
  @Override
  List<String> command(Path data) {
    return ShopCommand.line(data);
  }

  @Override
  long events(ShopProcess running, Path data, String path) throws Exception {
    try (Connection events = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("events.db"));
        PreparedStatement count = events.prepareStatement(
            "SELECT count(*) FROM events WHERE json_extract(body, '$.path') = ?")) {
      count.setString(1, path);
      try (ResultSet rows = count.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }
}
