package dev.edge4j.bench;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH, one fork a time: the rounds are ours, so that those who are compared take turns. */
record JavaRouters(Settings settings) {

  List<Double> lookups(Workload workload, Subject subject) throws RunnerException {
    return samples(options(LookupBenchmark.class, workload, subject), JavaRouters::cpuTime);
  }

  List<Double> bytes(Workload workload, Subject subject) throws RunnerException {
    return samples(options(AllocationBenchmark.class, workload, subject).addProfiler(GCProfiler.class),
        iteration -> secondary(iteration, "gc.alloc.rate.norm"));
  }

  List<Double> pipeline(Workload workload, int middleware) throws RunnerException {
    var options = options(PipelineBenchmark.class, workload, Subject.EDGE4J).param("middleware", "" + middleware);
    return samples(options, JavaRouters::cpuTime);
  }

  List<Double> gates(Gates gates) throws RunnerException {
    var options = options(GateBenchmark.class, Workload.SHORT_STATIC, Subject.EDGE4J).param("gates", gates.name());
    return samples(options, JavaRouters::cpuTime);
  }

  private ChainedOptionsBuilder options(Class<?> benchmark, Workload workload, Subject subject) {
    return new OptionsBuilder()
        .include(Pattern.quote(benchmark.getName() + "." + subject.title()) + "$")
        .param("workload", workload.name())
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.milliseconds(settings.warmUp() / 3))
        .measurementIterations(settings.iterations())
        .measurementTime(TimeValue.milliseconds(settings.length()))
        // The collector of a small container, and no growing of the heap while we measure.
        .jvmArgs("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "--sun-misc-unsafe-memory-access=allow")
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  private static List<Double> samples(ChainedOptionsBuilder options, ToDoubleFunction<IterationResult> figure)
      throws RunnerException {
    Collection<RunResult> results = new Runner(options.build()).run();
    return results.stream()
        .flatMap(result -> result.getBenchmarkResults().stream())
        .flatMap(result -> result.getIterationResults().stream())
        .map(figure::applyAsDouble)
        .toList();
  }

  private static double cpuTime(IterationResult iteration) {
    return secondary(iteration, "nanos") / secondary(iteration, "operations");
  }

  private static double secondary(IterationResult iteration, String label) {
    return Objects.requireNonNull(iteration.getSecondaryResults().get(label), label).getScore();
  }
}
