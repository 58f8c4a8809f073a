package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.ByteRanges.Selection;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is selected is what was asked for and is there: no byte more, none less, none twice; compared with a set of bytes. */
class ByteRangesAreAnAlgebraTest {
  private static final int MOST = 40;

  @Provide
  Arbitrary<String> specs() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, MOST + 5);
    return Arbitraries.oneOf(number.map(n -> n + "-"), number.map(n -> "-" + n), number.tuple2()
        .map(t -> Math.min(t
            .get1(), t.get2()) + "-" + Math.max(t.get1(), t.get2())));
  }

  @Property(tries = 2_000)
  void unionOfWhatIsAsked(@ForAll @Size(min = 1, max = 6) List<@From("specs") String> specs,
      @ForAll @IntRange(max = MOST) int length) {
    BitSet expected = new BitSet();
    specs.forEach(spec -> expected.or(bytes(spec, length)));
    switch (ByteRanges.parse("bytes=" + String.join(", ", specs)).select(length)) {
      case Selection.Unsatisfiable _ -> assertTrue(expected.isEmpty());
      case Selection.Whole _ -> assertEquals(length, expected.cardinality());
      case Selection.Parts(List<ByteRange> parts) -> {
        BitSet found = new BitSet();
        parts.forEach(part -> found.set((int) part.first(), (int) part.last() + 1));
        assertEquals(expected, found);
        // As many as the set has runs, so that none overlap or touch.
        assertEquals(runs(expected), parts.size());
      }
    }
  }

  /** What one specification means, byte by byte. */
  private static BitSet bytes(String spec, int length) {
    int dash = spec.indexOf('-');
    String first = spec.substring(0, dash);
    String last = spec.substring(dash + 1);
    return IntStream.range(0, length)
        .filter(i -> first.isEmpty() ? i >= length - Integer.parseInt(last)
            : i >= Integer.parseInt(first) && (last
                .isEmpty() || i <= Integer.parseInt(last)))
        .collect(BitSet::new, BitSet::set, BitSet::or);
  }

  private static int runs(BitSet set) {
    int runs = 0;
    for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(set.nextClearBit(i))) {
      runs++;
    }
    return runs;
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-0,0-0", "bytes=0-999,0-9", "BYTES=2-4,2-4", "bytes=-3,7-9", "bytes=-99,0-9", "bytes=9-,9-9",
      "'bytes= ,1-1 ,, 4-5\t',1-1 4-5", "'bytes=4-5,1-1',4-5 1-1", "'bytes=1-2,3-4',1-4", "'bytes=6-7,0-1,2-5',0-7",
      "'bytes=5-6,99-',5-6", "bytes=00000000000000000000000000002-3,2-3", "bytes=0-99999999999999999999999999,0-9",
      "'bytes=0-0,-1',0-0 9-9"})
  void ofTenBytes(String value, String expected) {
    assertEquals(expected, ((Selection.Parts) ByteRanges.parse(value).select(10)).ranges()
        .stream()
        .map(range -> range.first() + "-" + range.last())
        .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bytes", "bytes=", "bytes= , ", "bytes=a-b", "bytes=5-4", "bytes=-", "bytes=1",
      "bytes=--1",
      "bytes=1--2", "bytes=+1-2", "bytes=1-2x", "bytes=\u0661-2", "items=0-1", "bytes = 0-1", "bytes=0-1;2-3"})
  void whatIsMalformedIsTheWhole(String value) {
    assertEquals(new Selection.Whole(), ByteRanges.parse(value).select(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"})
  void whatIsNotThereIsUnsatisfiable(String value) {
    assertEquals(new Selection.Unsatisfiable(), ByteRanges.parse(value).select(10));
  }

  @Test
  void anAttackIsTheWhole() {
    String many = "bytes=" + IntStream.rangeClosed(0, ByteRanges.MAX_RANGES)
        .mapToObj(i -> 2 * i + "-" + 2 * i)
        .collect(Collectors.joining(","));
    assertEquals(new Selection.Whole(), ByteRanges.parse(many).select(1_000));
    assertEquals(new Selection.Parts(List.of(new ByteRange(0, 98))), ByteRanges.parse("bytes=0-98," + "1-2,".repeat(40))
        .select(1_000));
  }

  @Test
  void onlyGetKnowsRangesAndOneLine() {
    Request request = Request.get("/").withHeader("Range", "bytes=0-1");
    assertEquals(new Selection.Parts(List.of(new ByteRange(0, 1))), ByteRanges.of(request).select(10));
    assertEquals(new Selection.Whole(), ByteRanges.of(request.withMethod(Method.HEAD)).select(10));
    assertEquals(new Selection.Whole(), ByteRanges.of(request.withHeaders(request.headers()
        .withAdded("Range", "bytes=5-6"))).select(10));
  }
}
