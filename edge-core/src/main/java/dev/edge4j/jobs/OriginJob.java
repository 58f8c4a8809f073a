package dev.edge4j.jobs;

import dev.edge4j.Context;
import dev.edge4j.Place;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import dev.edge4j.json.TypeRef;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A kind of work that is handed in at the edge and done at the origin: its name, what goes in and comes out (as JSON), and how it is done. Immutable;
 * each method but the first makes a copy.
 *
 * <p>Without further words: four at a time in a process, seven attempts of ten minutes each, inputs of up to 256 KiB and results of up to 1 MiB of JSON;
 * what is larger belongs into a store of its own, and its name into the job. A process that dies is found out after a lease of 30 seconds, which is
 * renewed three times in that time while a job runs.
 */
public final class OriginJob<I, O> {
  /** What the names of our own kinds begin with, and no other can. */
  static final String INTERNAL = "edge4j.";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  private record Settings(Place place, RetryPolicy retries, int concurrency, Duration timeout, Duration lease,
      int maxInput, int maxResult) {
    private static final Settings DEFAULT = new Settings(Place.origin("heavy work, outside of requests"),
        RetryPolicy.DEFAULT, 4, Duration.ofMinutes(10), Duration.ofSeconds(30), 256 << 10, 1 << 20);
  }

  private final String name;
  private final Type input;
  private final Type result;
  private final Function<? super Context, I> body;
  private final Settings settings;
  private final Optional<JobWork<I, O>> work;

  private OriginJob(String name, Type input, Type result, Function<? super Context, I> body, Settings settings,
      Optional<JobWork<I, O>> work) {
    this.name = name;
    this.input = input;
    this.result = result;
    this.body = body;
    this.settings = settings;
    this.work = work;
  }

  /** A kind of job of that name: a letter, then letters, digits and hyphens, in lower case. */
  public static <I, O> OriginJob<I, O> named(String name, Class<I> input, Class<O> result) {
    return of(name, input, result, c -> c.body(input));
  }

  /** As {@link #named(String, Class, Class)}, for generic types. */
  public static <I, O> OriginJob<I, O> named(String name, TypeRef<I> input, TypeRef<O> result) {
    return of(name, input.type(), result.type(), c -> c.body(input));
  }

  private static <I, O> OriginJob<I, O> of(String name, Type input, Type result,
      Function<? super Context, I> body) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("job: \"" + name
          + "\" (expected: a letter, then letters, digits and hyphens, in lower case, at most 64)");
    }
    return new OriginJob<>(name, input, result, body, Settings.DEFAULT, Optional.empty());
  }

  /** One of our own, whose name no other can have. */
  static <I, O> OriginJob<I, O> internal(String name, Class<I> input, Class<O> result) {
    return new OriginJob<>(INTERNAL + name, input, result, c -> c.body(input), Settings.DEFAULT, Optional.empty());
  }

  // ---- how it is done

  /** What is done; a process that only hands jobs in needs none. */
  public OriginJob<I, O> runs(JobWork<I, O> newWork) {
    return new OriginJob<>(name, input, result, body, settings, Optional.of(newWork));
  }

  /** Where it is done, and why. */
  public OriginJob<I, O> at(Place place) {
    return with(new Settings(place, settings.retries, settings.concurrency, settings.timeout, settings.lease,
        settings.maxInput, settings.maxResult));
  }

  public OriginJob<I, O> retries(RetryPolicy policy) {
    return with(new Settings(settings.place, policy, settings.concurrency, settings.timeout, settings.lease,
        settings.maxInput, settings.maxResult));
  }

  /** How many run at a time in this process, at least 1. */
  public OriginJob<I, O> concurrency(int jobs) {
    if (jobs < 1) {
      throw new IllegalArgumentException("concurrency of " + name + ": " + jobs + " (expected: at least 1)");
    }
    return with(new Settings(settings.place, settings.retries, jobs, settings.timeout, settings.lease,
        settings.maxInput, settings.maxResult));
  }

  /** How long an attempt may take: then its thread is interrupted, and it has failed. */
  public OriginJob<I, O> timeout(Duration attempt) {
    return with(new Settings(settings.place, settings.retries, settings.concurrency, positive("timeout", attempt),
        settings.lease, settings.maxInput, settings.maxResult));
  }

  /** After how long without a sign of life a job passes to somebody else. */
  public OriginJob<I, O> lease(Duration lease) {
    return with(new Settings(settings.place, settings.retries, settings.concurrency, settings.timeout,
        positive("lease", lease), settings.maxInput, settings.maxResult));
  }

  /** How many bytes of JSON an input and a result may have. */
  public OriginJob<I, O> sizes(int maxInput, int maxResult) {
    if (maxInput < 1 || maxResult < 1) {
      throw new IllegalArgumentException("sizes of " + name + ": " + maxInput + ", " + maxResult
          + " (expected: at least 1 byte each)");
    }
    return with(new Settings(settings.place, settings.retries, settings.concurrency, settings.timeout, settings.lease,
        maxInput, maxResult));
  }

  private OriginJob<I, O> with(Settings changed) {
    return new OriginJob<>(name, input, result, body, changed, work);
  }

  private Duration positive(String what, Duration given) {
    if (given.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(what + " of " + name + ": " + given + " (expected: at least a millisecond)");
    }
    return given;
  }

  // ---- what it is

  public String name() {
    return name;
  }

  public Place place() {
    return settings.place;
  }

  @Override
  public String toString() {
    return name + " (" + settings.place + ")";
  }

  // ---- for who runs it

  boolean hasWork() {
    return work.isPresent();
  }

  RetryPolicy retries() {
    return settings.retries;
  }

  int concurrency() {
    return settings.concurrency;
  }

  Duration timeout() {
    return settings.timeout;
  }

  Duration lease() {
    return settings.lease;
  }

  byte[] encode(I value, JsonCodec json) {
    byte[] bytes = json.write(value);
    if (bytes.length > settings.maxInput) {
      throw JobRefused.tooLarge(name, bytes.length, settings.maxInput);
    }
    return bytes;
  }

  @SuppressWarnings("unchecked") // readAs promises a value of the type asked for
  O decode(byte[] bytes, JsonCodec json) {
    return (O) json.readAs(bytes, result);
  }

  /** The input that a request carries. */
  I body(Context c) {
    return body.apply(c);
  }

  @SuppressWarnings("unchecked") // readAs promises a value of the type asked for
  private I input(byte[] bytes, JsonCodec json) {
    return (I) json.readAs(bytes, input);
  }

  /** Does it once: from the bytes of an input to those of a result. */
  byte[] perform(JobRun run, byte[] payload, JsonCodec json) throws Exception {
    I value;
    try {
      value = input(payload, json);
    } catch (JsonException e) {
      throw new PermanentFailure("the input does not fit this version of the job: " + e.field() + " " + e.getMessage(),
          e);
    }
    byte[] bytes = json.write(work.orElseThrow().run(run, value));
    if (bytes.length > settings.maxResult) {
      throw new PermanentFailure("result: " + bytes.length + " bytes of JSON (expected: at most " + settings.maxResult
          + ")");
    }
    return bytes;
  }
}
