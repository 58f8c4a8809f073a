package dev.edge4j.examples.pages;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.BenchmarkResult;

/** How many nanoseconds each subject has taken, as JMH wants it: a public field for each. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Spent {
  public long edge4j;
  public long mustacheJava;
  public long jmustache;
  public long jstachio;
  public long jte;
  public long rocker;
  public long whole;
  public long kept;

  void add(Subject subject, long nanoseconds) {
    switch (subject) {
      case EDGE4J -> edge4j += nanoseconds;
      case MUSTACHE_JAVA -> mustacheJava += nanoseconds;
      case JMUSTACHE -> jmustache += nanoseconds;
      case JSTACHIO -> jstachio += nanoseconds;
      case JTE -> jte += nanoseconds;
      case ROCKER -> rocker += nanoseconds;
      case WHOLE -> whole += nanoseconds;
      case KEPT -> kept += nanoseconds;
    }
  }

  /** What a subject took in one virtual machine. */
  static double of(BenchmarkResult fork, Subject subject) {
    String field = switch (subject) {
      case EDGE4J -> "edge4j";
      case MUSTACHE_JAVA -> "mustacheJava";
      case JMUSTACHE -> "jmustache";
      case JSTACHIO -> "jstachio";
      case JTE -> "jte";
      case ROCKER -> "rocker";
      case WHOLE -> "whole";
      case KEPT -> "kept";
    };
    return fork.getSecondaryResults().get(field).getScore();
  }
}
