package dev.edge4j.examples.shop.edge;

import dev.edge4j.Context;
import dev.edge4j.Key;
import dev.edge4j.Timings;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.chain.Step;
import dev.edge4j.examples.shop.secrets.Sha256;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is known of one request while it is answered: when it began, which step of the chain its content came from, which cart was looked
 * into. Safe for use by the threads that work on the request.
 */
public final class Trace {
  private static final Key<Trace> KEY = Key.named("trace");
  private static final int ID_DIGITS = 8;
  private static final Answer<?> NOTHING = new Answer<>("", Step.STATIC, Duration.ZERO, true);

  private final Context c;
  private final Site site;
  private final long began;
  private final String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  private final AtomicReference<Optional<Answer<?>>> answer = new AtomicReference<>(Optional.empty());
  private final AtomicReference<String> cart = new AtomicReference<>("");
  private final AtomicReference<String> bucket = new AtomicReference<>("");

  private Trace(Context c, Site site) {
    this.c = c;
    this.site = site;
    this.began = c.time().nanoTime();
  }

  /** Begins now, in this place. */
  public static Trace begin(Context c, Site site) {
    var trace = new Trace(c, site);
    c.set(KEY, trace);
    return trace;
  }

  /** The trace of a request; empty for one that has not come through the gates. */
  public static Optional<Trace> of(Context c) {
    return c.get(KEY);
  }

  /** Tells what the content of the answer came from; the first told is the page's own, those after it are its surroundings. */
  public void answered(Answer<?> from) {
    answer.compareAndSet(Optional.empty(), Optional.of(from));
  }

  /** Tells that nothing of what was told reaches the visitor: there was no more to send than what was made at the start. */
  public void gaveUp() {
    answer.set(Optional.of(NOTHING));
  }

  /**
   * Tells which cart was looked into. What is shown of its name is a hash: the name of a visitor's cart is all that is needed to
   * open it.
   */
  public void cart(String name) {
    cart.set(fingerprint(name));
  }

  /** Tells which version of the application answers. */
  public void bucket(String label) {
    bucket.set(label);
  }

  /** Tells that the gates have let it pass: what it took so far is the layer {@code gates}. */
  public void passedGates() {
    c.timings().record("gates", elapsed());
  }

  /** Eight hexadecimal digits by which a script knows that a page and a header field are of one response. */
  public String id() {
    return id;
  }

  Site site() {
    return site;
  }

  String scheme() {
    return c.request().scheme();
  }

  /** The host that the visitor asked for; empty if he named none. */
  String host() {
    return c.request().host();
  }

  String path() {
    return c.request().target().raw();
  }

  /** Since it began. */
  public Duration elapsed() {
    return Duration.ofNanos(c.time().nanoTime() - began);
  }

  /** The layers measured so far, in order of their beginning. */
  public List<Span> spans() {
    return c.timings().spans().stream().map(this::span).sorted().toList();
  }

  private Span span(Timings.Span measured) {
    long start = measured.ended() - measured.duration().toNanos() - began;
    return new Span(measured.layer(), Duration.ofNanos(Math.max(0, start)), measured.duration());
  }

  /** What the page came from; empty if it has nothing of the catalogue, or not yet. */
  public Optional<Answer<?>> answer() {
    return answer.get();
  }

  /** A hash of the cart's name; empty if none was looked into. */
  public Optional<String> cart() {
    return Optional.of(cart.get()).filter(text -> !text.isEmpty());
  }

  /** The version that answers; empty if none was chosen. */
  public Optional<String> bucket() {
    return Optional.of(bucket.get()).filter(text -> !text.isEmpty());
  }

  private static String fingerprint(String name) {
    return Sha256.hex(name).substring(0, ID_DIGITS);
  }
}
