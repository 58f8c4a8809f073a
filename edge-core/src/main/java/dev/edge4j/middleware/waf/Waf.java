package dev.edge4j.middleware.waf;

import dev.edge4j.Context;
import dev.edge4j.Forbidden;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.RequestTarget;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses requests that look like attacks with 403, which says nothing of the reason. Rules look at the path, the query, header fields, cookies and the beginning of the
 * body; what they find adds up, and at the {@linkplain #threshold threshold} the request is refused. One line in the log {@code dev.edge4j.waf} tells the rules and the
 * places of each request with findings, never what stood there.
 *
 * <p>The work is linear in the request and bounded; a request that exceeds the bounds is refused. What stands behind the prefix of a body is not seen, nor what is compressed,
 * encrypted or in a binary format. Begin with {@link #reportOnly} where an application has visitors already.
 *
 * <p>Scores and families are those of the OWASP Core Rule Set 4, the rules are not.
 */
public final class Waf implements Gate {
  /** How much of a body is looked at unless {@link #bodyPrefix(int)} says else: 8 KiB. */
  public static final int BODY_PREFIX = 8 * 1024;

  /** The score at which a request is refused unless {@link #threshold} says else: one critical finding. */
  public static final int THRESHOLD = 5;

  private static final Logger LOG = LoggerFactory.getLogger("dev.edge4j.waf");
  private static final Key<Report> REPORT = Key.named("waf");

  /** Is told of each request with findings. Runs where the gate runs, so it must not block. */
  @FunctionalInterface
  public interface Listener {
    void found(Context c, Report report);
  }

  /**
   * What a firewall has done so far.
   *
   * @param seen requests
   * @param suspicious those with findings
   * @param refused those that were answered 403
   * @param byRule for each rule that has found something the number of those requests
   */
  public record Counts(long seen, long suspicious, long refused, Map<Integer, Long> byRule) {}

  private record Settings(RuleSet rules, int bodyPrefix, int threshold, boolean reportOnly, Exceptions exceptions,
      Listener listener) {}

  private final Settings settings;
  private final LongAdder seen = new LongAdder();
  private final LongAdder suspicious = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final ConcurrentMap<Integer, LongAdder> byRule = new ConcurrentHashMap<>();

  private Waf(Settings settings) {
    this.settings = settings;
  }

  /** With the {@linkplain RuleSet#standard rules of the house}. */
  public static Waf create() {
    return of(RuleSet.standard());
  }

  /** With these rules; those on the form of requests (920xxx) are always there. */
  public static Waf of(RuleSet rules) {
    return new Waf(new Settings(rules, BODY_PREFIX, THRESHOLD, false, Exceptions.NONE, (_, _) -> {
      // Nobody listens.
    }));
  }

  /** Refuses nothing: it only counts, logs and tells the listener. */
  public Waf reportOnly() {
    return new Waf(new Settings(settings.rules, settings.bodyPrefix, settings.threshold, true, settings.exceptions,
        settings.listener));
  }

  /** Looks at so many bytes of the body, 0 to {@link Gate#MAX_BODY_PREFIX}; what is looked at is waited for and takes its time. */
  public Waf bodyPrefix(int bytes) {
    if (bytes < 0 || bytes > MAX_BODY_PREFIX) {
      throw new IllegalArgumentException("prefix of a body: " + bytes + " (expected: 0 to " + MAX_BODY_PREFIX
          + " bytes)");
    }
    return new Waf(new Settings(settings.rules, bytes, settings.threshold, settings.reportOnly, settings.exceptions,
        settings.listener));
  }

  /** Refuses at that score, 1 or more: 5 is one critical finding, 10 takes two. */
  public Waf threshold(int score) {
    if (score < 1) {
      throw new IllegalArgumentException("threshold: " + score + " (expected: 1 or more)");
    }
    return new Waf(new Settings(settings.rules, settings.bodyPrefix, score, settings.reportOnly, settings.exceptions,
        settings.listener));
  }

  /** Tells this listener, and no other, of each request with findings. */
  public Waf onFinding(Listener listener) {
    return new Waf(new Settings(settings.rules, settings.bodyPrefix, settings.threshold, settings.reportOnly,
        settings.exceptions, listener));
  }

  /** Without these rules, by their numbers, besides what is left out already. */
  public Waf except(int... rules) {
    if (rules.length == 0) {
      throw new IllegalArgumentException("exception: no rule (expected: at least one number)");
    }
    return with(settings.exceptions.and(Optional.empty(), Optional.empty(), rules));
  }

  /**
   * Without these rules, or without any if none is named, for a path in its normal form and all that is below it; besides what is left out
   * already.
   */
  public Waf exceptAt(String path, int... rules) {
    String normal = path.startsWith("/") ? RequestTarget.normalize(path) : "";
    if (!normal.equals(path) || (path.length() > 1 && path.endsWith("/"))) {
      throw new IllegalArgumentException("exception at \"" + path
          + "\" (expected: a path in its normal form, /admin say, without a slash at its end)");
    }
    return with(settings.exceptions.and(Optional.of(path), Optional.empty(), rules));
  }

  /** Without these rules, or without any if none is named, in what has that name: an argument, a field, a cookie; besides what is left out already. */
  public Waf exceptIn(String name, int... rules) {
    return with(settings.exceptions.and(Optional.empty(), Optional.of(new Place(Place.Kind.BODY, name).name()), rules));
  }

  private Waf with(Exceptions exceptions) {
    return new Waf(new Settings(settings.rules, settings.bodyPrefix, settings.threshold, settings.reportOnly,
        exceptions, settings.listener));
  }

  @Override
  public int bodyPrefix() {
    return settings.bodyPrefix;
  }

  @Override
  public Verdict before(Context c) {
    Exceptions exceptions = settings.exceptions.at(c.path());
    if (exceptions.coversAll()) {
      return Verdict.pass();
    }
    var inspection = new Inspection(settings.rules, exceptions);
    new Surface(inspection).look(c, settings.bodyPrefix > 0);
    if (!c.isWarmUp()) {
      seen.increment();
    }
    return inspection.isClean() ? Verdict.pass()
        : judge(c, inspection.report(settings.threshold, !settings.reportOnly));
  }

  private Verdict judge(Context c, Report report) {
    c.set(REPORT, report);
    count(report);
    LOG.info("{} {} score {}: {}", report.refused() ? "refused" : "passed", c.method(), report.score(), report
        .findings());
    settings.listener.found(c, report);
    return report.refused() ? Verdict.answer(c.problem(new Forbidden("this request is refused"))) : Verdict.pass();
  }

  private void count(Report report) {
    suspicious.increment();
    if (report.refused()) {
      refused.increment();
    }
    report.findings()
        .stream()
        .map(Finding::rule)
        .distinct()
        .forEach(rule -> byRule.computeIfAbsent(rule, _ -> new LongAdder()).increment());
  }

  /** What was found in the request of that context by the last firewall before; empty if nothing was. */
  public static Optional<Report> report(Context c) {
    return c.get(REPORT);
  }

  /** What this one has done so far; each that {@code with}-like methods return counts by itself. */
  public Counts counts() {
    Map<Integer, Long> rules = byRule.entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum(), Long::sum, TreeMap::new));
    return new Counts(seen.sum(), suspicious.sum(), refused.sum(), Map.copyOf(rules));
  }
}
