package dev.edge4j.middleware.waf;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request's values against one rule set: a function of both, without time and without a thread. The work is counted in steps, a step being a
 * character read by a pass or offered to an expression, and is at most linear in what is given, and bounded in all: past {@link #MAX_CHARACTERS} and
 * {@link #MAX_TRIES} it stops with a finding that refuses the request. Confined to the request.
 */
final class Inspection {
  /** Values of one request in all; more than a server's usual limits let in. */
  static final int MAX_CHARACTERS = 256 * 1024;
  /** Expressions that one request may have tried. */
  static final int MAX_TRIES = 1_000;

  private static final int NEAR = 256;

  private final RuleSet rules;
  private final Exceptions exceptions;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Integer, Severity> heaviest = new HashMap<>();
  /** What was found in the value that is looked at. */
  private final Map<Integer, Severity> here = new HashMap<>();
  private int characters;
  private int tries;
  private long steps;

  Inspection(RuleSet rules, Exceptions exceptions) {
    this.rules = rules;
    this.exceptions = exceptions;
  }

  /** Looks at one value, as the application will read it. */
  void look(Place place, String value) {
    here.clear();
    if (value.isEmpty() || isOver(value.length())) {
      return;
    }
    Normal.Views views = Normal.of(value);
    steps += value.length();
    scan(place, views.plain(), views, View.PLAIN);
    views.sql().ifPresent(sql -> scan(place, sql, views, View.SQL));
    views.shell()
        .filter(_ -> rules.has(View.SHELL, place.kind()))
        .ifPresent(shell -> scan(place, shell, views, View.SHELL));
  }

  private boolean isOver(int more) {
    characters = (int) Math.min(MAX_CHARACTERS + 1L, (long) characters + more);
    if (characters > MAX_CHARACTERS) {
      found(Anomaly.TOO_MUCH, new Place(Place.Kind.BODY, ""));
      return true;
    }
    return tries > MAX_TRIES;
  }

  private void scan(Place place, String text, Normal.Views views, View view) {
    Automaton automaton = rules.automaton();
    char[] characters = text.toCharArray();
    var quotes = new Quotes(characters);
    int state = 0;
    steps += characters.length;
    for (int i = 0; i < characters.length; i++) {
      state = automaton.next(state, characters[i]);
      if ((state & Automaton.END) != 0) {
        for (int literal : automaton.ends(state)) {
          Rule rule = rules.owner(literal);
          int begin = i + 1 - rules.length(literal);
          if (sees(rule, views, view) && stands(rule, text, begin) && (!rule.isOpen() || quotes.isOpen(begin))) {
            confirm(rule, place, text, begin, i + 1);
          }
        }
      }
    }
  }

  /** Counts the quotes before a place, going on from the place before. */
  private static final class Quotes {
    private final char[] text;
    private int counted;
    private int single;
    private int twice;

    Quotes(char[] text) {
      this.text = text;
    }

    /** Whether the quote there is the first of a pair. */
    boolean isOpen(int at) {
      for (; counted > at; counted--) { // a longer literal began before the last one that was asked about
        add(-1, text[counted - 1]);
      }
      for (; counted < at; counted++) {
        add(1, text[counted]);
      }
      return (text[at] == '\'' ? single : twice) % 2 == 0;
    }

    private void add(int sign, char c) {
      single += c == '\'' ? sign : 0;
      twice += c == '"' ? sign : 0;
    }
  }

  /** A rule sees its own view, which is the plain one where that is no different. */
  private static boolean sees(Rule rule, Normal.Views views, View scanned) {
    return switch (rule.view()) {
      case PLAIN -> scanned == View.PLAIN;
      case SQL -> scanned == View.SQL || (scanned == View.PLAIN && views.sql().isEmpty());
      case SHELL -> scanned == View.SHELL || (scanned == View.PLAIN && views.shell().isEmpty());
    };
  }

  private static boolean stands(Rule rule, String text, int begin) {
    if (rule.isFirst() && begin > 0) {
      return false;
    }
    return begin == 0 || !isWord(text.charAt(begin)) || !isWord(text.charAt(begin - 1));
  }

  private static boolean isWord(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNear(String any, String text, int begin) {
    for (int i = begin - 1; i >= Math.max(0, begin - NEAR); i--) {
      if (any.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private void confirm(Rule rule, Place place, String text, int begin, int end) {
    Optional<Pattern> tail = rule.tail();
    if (!rule.looksAt(place.kind()) || isKnown(rule.id(), rule.severity())) {
      return;
    }
    if ((tail.isPresent() || !rule.near().isEmpty()) && ++tries > MAX_TRIES) {
      found(Anomaly.TOO_MUCH, place);
    } else if ((rule.near().isEmpty() || isNear(rule.near(), text, begin)) && (tail.isEmpty() || matches(tail.get(),
        text, end))) {
      found(rule.id(), rule.severity(), rule.what(), place);
    }
  }

  private boolean matches(Pattern tail, String text, int end) {
    String rest = text.substring(end, Math.min(text.length(), end + Rule.TAIL)).toLowerCase(Locale.ROOT);
    steps += rest.length();
    return tail.matcher(rest).lookingAt();
  }

  /** Whether it was found in the value that is looked at, and weighed as much. */
  private boolean isKnown(int rule, Severity severity) {
    Severity counted = here.get(rule);
    return counted != null && counted.score() >= severity.score();
  }

  void found(Anomaly anomaly, Place place) {
    found(anomaly.id(), anomaly.severity(), anomaly.what(), place);
  }

  private void found(int rule, Severity severity, String what, Place place) {
    if (exceptions.covers(rule, place) || isKnown(rule, severity)) {
      return;
    }
    here.put(rule, severity);
    heaviest.merge(rule, severity, (a, b) -> a.score() >= b.score() ? a : b);
    findings.removeIf(finding -> finding.rule() == rule && finding.place().equals(place)); // it weighed less
    if (findings.size() < Report.MAX_FINDINGS) {
      findings.add(new Finding(rule, severity, what, place));
    }
  }

  /** What was found; each rule counts once, however often it was. */
  Report report(int threshold, boolean refuses) {
    int score = heaviest.values().stream().mapToInt(Severity::score).sum();
    return new Report(findings, score, refuses && score >= threshold);
  }

  boolean isClean() {
    return heaviest.isEmpty();
  }

  /** How much work was done. */
  long steps() {
    return steps;
  }
}
