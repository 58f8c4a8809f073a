package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.support.Aside;
import java.lang.reflect.InvocationTargetException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The agreement checks find out a router or pipeline that is wrong in one place: each mutant is our own source with one change, compiled
 * and loaded anew, and it must not pass. One whose original text is not there any more needs an update.
 */
@Aside
@Timeout(300) // for each, which compiles
class MutantsTest {
  static Stream<Arguments> routerMutants() {
    return Stream.of(
        mutant("a rest begins in the middle of a segment", "routing/Search", "c == '/' ? pick(node.below",
            "c != 0 ? pick(node.below"),
        mutant("the parameters of a rest do", "routing/Variant", "(at == path.length() || path.charAt(at) == '/') &&",
            "at <= path.length() &&"),
        mutant("only the first character of a text counts", "routing/Search", "path.startsWith(child.text, at)",
            "path.startsWith(child.text.substring(0, 1), at)"),
        mutant("what comes one earlier is not looked at", "routing/Search", "order < best.order()",
            "order < best.order() - 1"),
        mutant("a node takes the last order below it for the first", "routing/TreeBuilder",
            "first = Math.min(first, next.first)", "first = Math.max(first, next.first)"),
        mutant("registered backwards", "routing/TreeBuilder", "entry : entries)", "entry : entries.reversed())"),
        mutant("optional parameters are left out", "routing/TreeBuilder", "variants().forEach(",
            "variants().stream().limit(1).forEach("),
        mutant("a node that is cut loses what was below", "routing/TreeBuilder",
            "upper.children.put(child.text.charAt(0), child);", ""),
        mutant("every method is answered", "routing/RouteTable", "(asked.equals(method) ||", "(true ||"),
        mutant("a parameter may be nothing", "routing/Search", "c == '/' ? null : node.plain", "node.plain"),
        mutant("a parameter in text may be nothing", "routing/Step", "return at < last &&", "return at <= last &&"),
        mutant("text behind a parameter is ignored", "routing/Step", "return at < last && path.startsWith(after, last)",
            "return at < last"),
        mutant("text behind an expression is ignored", "routing/Step",
            "last >= from && path.startsWith(after, last) && expression", "last >= from && expression"),
        mutant("a parameter takes as much as it can", "routing/Step", "path.indexOf(text, from, end)",
            "Math.max(path.indexOf(text, from, end), path.lastIndexOf(text, end - text.length()))"),
        mutant("a rest has its slash", "routing/Variant", "Math.min(slash + 1, path.length())",
            "Math.min(slash, path.length())"),
        mutant("expressions share where they were", "routing/Search", "entered.computeIfAbsent(edge,",
            "entered.computeIfAbsent(null,"),
        mutant("a star before an optional one is a rest", "routing/PatternParser", "i == whole - 1).segment()",
            "i == parts.size() - 1).segment()"),
        mutant("labels always overlap", "routing/Overlap", "label.isPlain() || sameShape(label, other)", "true"),
        mutant("prefixes always overlap", "routing/Overlap",
            "case Segment.Literal literal -> literal.text().startsWith(text);", "case Segment.Literal _ -> true;"),
        mutant("a shorter pattern never overlaps", "routing/Overlap",
            "a.size() != b.size() && !isRestAt(a, i) && !isRestAt(b, i)", "a.size() != b.size()"),
        mutant("expressions read without end", "routing/Effort", "if (left < 0)", "if (left == Integer.MAX_VALUE)"),
        mutant("look-around goes back and forth without end", "routing/Backtracking", "if (reads > MAX_READS)",
            "if (reads < 0)"),
        mutant("look-around reads values of any length", "routing/Backtracking", "to - from > MAX_LENGTH",
            "to < from"));
  }

  static Stream<Arguments> pipelineMutants() {
    return Stream.of(
        mutant("middleware that may run is dropped", "Chain", "overlap != Overlap.NEVER", "overlap == Overlap.ALWAYS"),
        mutant("middleware that may run always does", "Chain",
            "step.isCertain() || step.address().pattern().matches(path)", "true"),
        mutant("the first middleware is dropped", "Dispatch", "Chain.of(end, around)",
            "Chain.of(end, around.stream().skip(1).toList())"),
        mutant("the last middleware is the outermost", "Chain", "steps.add(overlap", "steps.addFirst(overlap"),
        mutant("middleware leaves its group", "Registration", "other.group().isWithin(group) ?", "true ?"),
        mutant("one gate too many is leading", "Chain", "this.leadingGates = gates;", "this.leadingGates = gates + 1;"),
        mutant("no gate is leading", "Chain", "this.leadingGates = gates;", "this.leadingGates = 0;"),
        mutant("HEAD has no route but its own", "Dispatch", "method.equals(\"HEAD\") && !isOwn ?", "false ?"),
        mutant("HEAD goes to what takes every method", "Dispatch", "found.get().method().equals(method)", "true"),
        mutant("404 knows no groups", "Dispatch", ".thenComparing(Nowhere::depth)", ""),
        mutant("404 has no middleware", "Dispatch", "new Chain(Chain.steps(group, around),", "new Chain(List.of(),"),
        mutant("405 is the application's own", "Dispatch", "return chain.to(allow(",
            "return nowhere.getLast().chain().to(allow("),
        mutant("Allow forgets HEAD", "Dispatch", "allowed.add(\"HEAD\");", ""),
        mutant("a group without notFound does not ask its parent", "Dispatch", "at = at.parent()", "at = null"),
        mutant("a mounted application misses a segment", "Registration", "i < prefixSegments && slash >= 0",
            "i <= prefixSegments && slash >= 0"),
        mutant("the second half of a gate is left out", "Exchange", "= entered.add(entry);", "= Optional.empty();"));
  }

  private static Arguments mutant(String promise, String source, String original, String replacement) {
    return Arguments.of(promise, source, original, replacement);
  }

  @Test
  void theSourcesAsTheyArePass() throws Exception {
    check("Chain", MutantSources.text("Chain"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"routerMutants", "pipelineMutants"})
  void dies(String promise, String source, String original, String replacement) throws Exception {
    String text = MutantSources.text(source);
    assertEquals(2, text.split(Pattern.quote(original), -1).length,
        source + ": the mutant needs an update, for it changes what is not there exactly once: " + original);
    var died = assertThrows(InvocationTargetException.class,
        () -> check(source, text.replace(original, replacement)), promise + ": lives");
    assertInstanceOf(AssertionError.class, died.getCause());
  }

  private static void check(String source, String text) throws Exception {
    MutantSources.changed(source, text).loadClass("dev.edge4j.MutantCheck").getMethod("run").invoke(null);
  }
}
