package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.state.AppendHistory.Operation;
import dev.edge4j.state.AppendHistory.Operation.Append;
import dev.edge4j.state.AppendHistory.Operation.Read;
import dev.edge4j.state.AppendHistory.Result;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checker of histories accepts what one list could have shown, and nothing else. */
class AppendHistoryTest {
  private static final Append A = new Append("a", Result.DONE, 0, 10);
  private static final Append B = new Append("b", Result.DONE, 20, 30);

  @Test
  void whatOneListShows() {
    assertFine(List.of("a", "b"), A, B, new Read(List.of("a"), 11, 25), new Read(List.of("a", "b"), 31, 40));
    assertFine(List.of("a", "b"), A, B, new Read(List.of("a", "b"), 12, 22), new Read(List.of("a"), 13, 23));
    assertFine(List.of("a"), A, new Append("c", Result.UNKNOWN, 1, 2), new Append("d", Result.REFUSED, 1, 2));
    assertFine(List.of("c", "a"), A, new Append("c", Result.UNKNOWN, 1, 2));
  }

  @Test
  void whatItNeverShows() {
    assertFault("is lost", List.of("a"), A, B);
    assertFault("is there twice", List.of("a", "b", "a"), A, B);
    assertFault("is there", List.of("d"), new Append("d", Result.REFUSED, 1, 2));
    assertFault("comes before one that had ended", List.of("b", "a"), A, B);
    assertFault("is no beginning", List.of("a", "b"), A, B, new Read(List.of("b"), 31, 40));
    assertFault("does not see", List.of("a", "b"), A, B, new Read(List.of(), 11, 12));
    assertFault("sees what had not begun", List.of("a", "b"), A, B, new Read(List.of("a", "b"), 11, 12));
    assertFault("sees less than one before", List.of("a", "b"), A, B, new Read(List.of("a", "b"), 21, 22), new Read(List
        .of("a"), 23, 24));
  }

  private static void assertFine(List<String> kept, Operation... operations) {
    assertEquals("", new AppendHistory(List.of(operations), kept).fault().orElse(""));
  }

  private static void assertFault(String words, List<String> kept, Operation... operations) {
    String fault = new AppendHistory(List.of(operations), kept).fault().orElse("none");
    assertEquals(List.of(words), Stream.of(words).filter(fault::contains).toList(), fault);
  }
}
