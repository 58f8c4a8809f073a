package dev.edge4j.examples.benchmarks.driver;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is measured, and for how long.
 *
 * @param rounds in which all take turns
 * @param seconds of load in a round, for each server and endpoint
 * @param warmUp requests before, for each server and endpoint
 * @param starts of each server, for the time of a start
 * @param transport {@code nio} or {@code epoll}, for those that have a choice
 * @param jvm flags for all servers
 * @param wanted who takes part besides raw Netty; empty for all
 */
record Settings(int rounds, int seconds, int warmUp, int starts, String transport, List<String> jvm,
    List<String> wanted, Set<Endpoint> endpoints, Set<Part> parts) {
  private static final Set<String> FLAGS = Set.of("rounds", "seconds", "warm-up", "starts", "transport", "jvm",
      "servers", "endpoints", "parts");

  /** See {@code README.md} for the words. Whatever is chosen, raw Netty takes part. */
  static Settings of(String words) {
    Flags flags = Flags.of(words, FLAGS);
    return new Settings(flags.number("rounds", 1, 4), flags.number("seconds", 1, 2), flags.number("warm-up", 10_000,
        60_000), flags.number("starts", 1, 7), flags.text("transport", "nio"), flags.list("jvm"), checked(flags.list(
            "servers")), flags.some(Endpoint.class, "endpoints"), flags.some(Part.class, "parts"));
  }

  boolean measures(Part part) {
    return parts.contains(part);
  }

  /** What the servers are asked for, or the caches. */
  Set<Endpoint> endpoints(boolean ofCaches) {
    return endpoints.stream()
        .filter(each -> each.isCached() == ofCaches)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Endpoint.class)));
  }

  /** The caches, and raw Netty. */
  List<Subject> caches() {
    return wanted.isEmpty()
        ? Subject.CACHES
        : Subject.CACHES.stream().filter(each -> each.equals(Subject.BASE) || wanted.contains(each.id())).toList();
  }

  /** The servers, raw Netty among them. */
  List<Subject> subjects() {
    return wanted.isEmpty()
        ? Subject.ALL
        : Subject.ALL.stream().filter(each -> each.equals(Subject.BASE) || wanted.contains(each.id())).toList();
  }

  private static List<String> checked(List<String> wanted) {
    List<String> known = Stream.concat(Subject.ALL.stream(), Subject.CACHES.stream())
        .map(Subject::id)
        .distinct()
        .toList();
    if (!known.containsAll(wanted)) {
      throw new IllegalArgumentException("--servers: " + wanted + " (expected: some of " + known + ")");
    }
    return wanted;
  }
}
