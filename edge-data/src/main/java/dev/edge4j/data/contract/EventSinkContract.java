package dev.edge4j.data.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.EventSink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an {@link EventSink} promises. */
@SuppressWarnings("exports") // JUnit is there for who runs this, and for nobody else
public abstract class EventSinkContract {
  /** An event, as a program would have it. */
  public record PageView(String path, int millis) {}

  private EventSink sink;

  @SuppressWarnings("NullAway.Init") // before each test
  protected EventSinkContract() {}

  /** A sink, open, with nothing in it. It is closed after each test. */
  protected abstract EventSink open() throws Exception;

  /** The {@code path} of every event that has arrived behind the sink, in the order of arrival. */
  protected abstract List<String> arrivedPaths() throws Exception;

  @BeforeEach
  public final void openSink() throws Exception {
    sink = open();
  }

  @AfterEach
  public final void closeSink() {
    sink.close();
  }

  @Test
  public void takesRecordsAndMapsInOrder() throws Exception {
    sink.append(new PageView("/a", 1));
    sink.append(Map.of("path", "/b", "millis", 2, "tags", List.of("x", "y")));
    sink.appendAll(List.of(new PageView("/c", 3), new PageView("/d 'quoted' \"é\" 🔑", 4)));
    sink.appendAll(List.of());
    sink.flush();
    assertEquals(List.of("/a", "/b", "/c", "/d 'quoted' \"é\" 🔑"), arrivedPaths());
    assertEquals(0, sink.dropped());
  }

  @Test
  public void refusesWhatIsNoEvent() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> sink.append("text"));
    assertThrows(IllegalArgumentException.class, () -> sink.appendAll(List.of(new PageView("/a", 1), 7)));
    sink.flush();
    assertEquals(List.of(), arrivedPaths(), "all or none");
  }

  @Test
  public void losesNothingOfManyThreads() throws Exception {
    var expected = new HashSet<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 200).forEach(i -> {
        expected.add("/" + i);
        threads.execute(() -> sink.append(new PageView("/" + i, i)));
      });
    }
    sink.flush();
    List<String> arrived = arrivedPaths();
    assertEquals(200, arrived.size() + sink.dropped());
    assertEquals(0, sink.dropped());
    assertEquals(expected, new HashSet<>(arrived));
  }

  @Test
  public void closingFlushes() throws Exception {
    var expected = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      sink.append(new PageView("/" + i, i));
      expected.add("/" + i);
    }
    sink.close();
    assertEquals(expected, arrivedPaths());
  }
}
