package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.replica.PgMessage.Old;
import dev.edge4j.data.replica.TableShape.Column;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Changes that wait for more of their kind leave the table as if each had been made when it came. */
class BatchesChangeNothingTest {
  private static final TableShape SHAPE = new TableShape("public", "items", List.of(new Column("id", 20, -1, 20, -1),
      new Column("name", 25, -1, 25, -1), new Column("large", 25, -1, 25, -1)), List.of("id"), false, List.of());

  private enum Kind {
    INSERT, UPDATE, UPDATE_PART, MOVE, DELETE, TRUNCATE, FLUSH
  }

  private record Step(Kind kind, int id, int other, String name) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Kind> kinds = Arbitraries.frequency(Tuple.of(6, Kind.INSERT), Tuple.of(8,
        Kind.UPDATE), Tuple.of(4, Kind.UPDATE_PART), Tuple.of(3, Kind.MOVE),
        Tuple.of(3, Kind.DELETE), Tuple.of(1, Kind.TRUNCATE), Tuple.of(1,
            Kind.FLUSH));
    return Combinators.combine(kinds, Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 4),
        Arbitraries.strings().alpha().ofLength(3)).as(Step::new).list().ofMaxSize(60);
  }

  @Property(tries = 300)
  void whateverComes(@ForAll("steps") List<Step> steps) throws Exception {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      Origin.run(file, SHAPE.createTable());
      Origin.run(file, "BEGIN");
      var model = new TreeMap<Integer, String>();
      try (var writer = new TableWriter(file, SHAPE)) {
        for (Step step : steps) {
          apply(step, writer, model);
        }
        writer.flush();
      }
      assertEquals(model.entrySet().stream().map(Map.Entry::toString).toList(), rows(file));
    }
  }

  @Test
  void moreRowsThanABatchHolds() throws Exception {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      Origin.run(file, SHAPE.createTable());
      Origin.run(file, "BEGIN");
      try (var writer = new TableWriter(file, SHAPE)) {
        for (int i = 0; i < 1_234; i++) {
          writer.update(Optional.empty(), row(i, "missed", "x"));
          writer.update(Optional.empty(), row(i, "again", "y"));
        }
        writer.flush();
      }
      assertEquals(List.of("1234=again", "again=y"), Origin.all(file,
          "SELECT count(*) || '=' || min(name), max(name) || '=' || min(large) FROM items",
          row -> List.of(row.getString(1), row.getString(2))).getFirst());
    }
  }

  @Test
  void aPartOfARowThatIsMissedMakesANewCopy() throws Exception {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      Origin.run(file, SHAPE.createTable());
      Origin.run(file, "BEGIN");
      try (var writer = new TableWriter(file, SHAPE)) {
        writer.update(Optional.empty(), row(1, "part", Rows.UNCHANGED));
        assertThrows(RebuildException.class, writer::flush);
      }
    }
  }

  @Test
  void whatIsDroppedIsNotMade() throws Exception {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      Origin.run(file, SHAPE.createTable());
      Origin.run(file, "BEGIN");
      try (var writer = new TableWriter(file, SHAPE)) {
        writer.insert(row(1, "dropped", "x"));
        writer.drop();
        writer.insert(row(2, "kept", "x"));
        writer.flush();
      }
      assertEquals(List.of("2=kept/x"), rows(file));
    }
  }

  /** The model is a map from the key to the rest of the row. */
  private static void apply(Step step, TableWriter writer, Map<Integer, String> model) throws SQLException,
      RebuildException {
    String name = step.name();
    switch (step.kind()) {
      case INSERT -> {
        writer.insert(row(step.id(), name, "large" + name));
        model.put(step.id(), name + "/large" + name);
      }
      case UPDATE -> {
        writer.update(Optional.empty(), row(step.id(), name, "new" + name));
        model.put(step.id(), name + "/new" + name);
      }
      case UPDATE_PART -> {
        if (model.containsKey(step.id())) {
          writer.update(Optional.empty(), row(step.id(), name, Rows.UNCHANGED));
          model.compute(step.id(), (_, was) -> name + String.valueOf(was).substring(String.valueOf(was).indexOf('/')));
        }
      }
      case MOVE -> {
        writer.update(Optional.of(new Old(false, row(step.id(), "", ""))), row(step.other(), name, "moved" + name));
        model.remove(step.id());
        model.put(step.other(), name + "/moved" + name);
      }
      case DELETE -> {
        writer.delete(new Old(false, row(step.id(), "", "")));
        model.remove(step.id());
      }
      case TRUNCATE -> {
        writer.truncate();
        model.clear();
      }
      default -> writer.flush();
    }
  }

  private static Row row(int id, String name, String large) {
    return Rows.of(Integer.toString(id), name, large);
  }

  private static List<String> rows(Connection file) throws SQLException {
    return Origin.all(file, "SELECT id || '=' || name || '/' || large FROM items ORDER BY id", row -> row.getString(1));
  }
}
