package dev.edge4j.middleware.session;

import dev.edge4j.Context;
import dev.edge4j.Key;
import dev.edge4j.http.SetCookie;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The session of a request: {@code Session.of(c)}. It is read at the first question, and there is none before the first {@link #put}. A
 * change is kept when its method returns, so it stays if the handler fails later. In a store, each change is made to the session as it is
 * there then: of two requests that change different values both are kept, of two that change the same one the last. In a cookie, the last
 * response wins as a whole.
 *
 * <p>Whose session is kept in a store waits for it here: ask in handlers and middleware, not in gates. Safe for use by many threads.
 */
public final class Session {
  /** Where the session of a request stands. */
  public static final Key<Session> KEY = Key.named("session");

  /** What is known of it so far. */
  private sealed interface State {
    record Unread() implements State {}

    record None() implements State {}

    record Live(Keeper.Kept kept) implements State {}
  }

  private final Keeper keeper;
  private final Lifetime lifetime;
  private final InstantSource time;
  private final JsonCodec codec;
  private final Optional<String> sent;
  private final ReentrantLock lock = new ReentrantLock();
  /** Changed with the lock alone; read without by who must not wait for a handler that was left behind. */
  private volatile State state = new State.Unread();

  Session(Keeper keeper, Lifetime lifetime, InstantSource time, JsonCodec codec, Optional<String> sent) {
    this.keeper = keeper;
    this.lifetime = lifetime;
    this.time = time;
    this.codec = codec;
    this.sent = sent;
  }

  /** The session of this request; {@link IllegalStateException} if {@link Sessions} does not stand around it. */
  public static Session of(Context c) {
    return c.require(KEY);
  }

  /** A text. */
  public Optional<String> get(String name) {
    return locked(() -> text(name));
  }

  /** A value that {@link #putJson} has put there; {@link dev.edge4j.json.JsonException} if it is another. */
  public <T> Optional<T> get(String name, Class<T> type) {
    return get(name).map(json -> codec.read(json.getBytes(StandardCharsets.UTF_8), type));
  }

  /** As {@link #get(String, Class)}, for a generic type. */
  public <T> Optional<T> get(String name, TypeRef<T> type) {
    return get(name).map(json -> codec.read(json.getBytes(StandardCharsets.UTF_8), type));
  }

  /**
   * Keeps a text, and begins a session if there is none, or if somebody has ended it meanwhile: what was ended does not come back.
   * {@link IllegalArgumentException} if the session would be too large: some 2900 bytes as JSON in a cookie, 256 KiB in a store.
   */
  public void put(String name, String text) {
    exclusively(() -> {
      UnaryOperator<SessionData> change = data -> data.with(name, text);
      live(read().flatMap(kept -> keeper.change(kept, change))
          .orElseGet(() -> keeper.create(change.apply(SessionData.beginning(time.instant())))));
    });
  }

  /** Keeps a value as JSON, by the application's codec. */
  public void putJson(String name, Object value) {
    put(name, new String(codec.write(value), StandardCharsets.UTF_8));
  }

  /** Forgets a value. */
  public void remove(String name) {
    var _ = take(name);
  }

  /** A text that is read once: a message for the next page. */
  public Optional<String> take(String name) {
    return locked(() -> {
      Optional<String> text = text(name);
      if (text.isPresent()) {
        read().flatMap(kept -> keeper.change(kept, data -> data.without(name))).ifPresentOrElse(this::live, this::none);
      }
      return text;
    });
  }

  /**
   * Gives the session another id and a new beginning, with its values. Call it whenever a visitor comes to be somebody else or to have more
   * rights, at login above all: an id that somebody knew before is worth nothing then.
   */
  public void renew() {
    exclusively(() -> read().ifPresent(old -> keeper.load(old.cookie()).ifPresentOrElse(now -> {
      live(keeper.create(now.data().renewed(time.instant())));
      keeper.delete(old);
    }, this::none)));
  }

  /** Ends the session, at logout. What is put after it begins another one. */
  public void destroy() {
    exclusively(() -> {
      read().ifPresent(keeper::delete);
      none();
    });
  }

  /** The cookie that the response must carry, if the browser does not have it as it should be; like that pattern. Does not wait. */
  Optional<SetCookie> cookie(SetCookie pattern) {
    return switch (state) {
      case State.Unread _ -> Optional.empty();
      case State.None _ -> sent.map(_ -> pattern.withValue("").withMaxAge(Duration.ZERO));
      case State.Live(Keeper.Kept kept) -> Optional.of(kept.cookie())
          .filter(value -> !sent.equals(Optional.of(value)))
          .map(pattern::withValue);
    };
  }

  /** True if the response may depend on it. Does not wait. */
  boolean wasRead() {
    return !(state instanceof State.Unread);
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private void exclusively(Runnable work) {
    locked(() -> {
      work.run();
      return Optional.empty();
    });
  }

  /** The session as it was when it was last read or changed here. */
  private Optional<Keeper.Kept> read() {
    if (state instanceof State.Unread) {
      Instant now = time.instant();
      sent.flatMap(keeper::load)
          .filter(found -> found.data().rest(lifetime, now).isPositive())
          .flatMap(found -> touched(found, now))
          .ifPresentOrElse(this::live, this::none);
    }
    return state instanceof State.Live(Keeper.Kept kept) ? Optional.of(kept) : Optional.empty();
  }

  private Optional<Keeper.Kept> touched(Keeper.Kept found, Instant now) {
    Duration since = Duration.between(found.data().touched(), now);
    return since.compareTo(lifetime.betweenTouches()) < 0 ? Optional.of(found)
        : keeper.change(found, data -> data.touched(now));
  }

  private Optional<String> text(String name) {
    return read().map(kept -> kept.data().values().get(name));
  }

  private void live(Keeper.Kept kept) {
    state = new State.Live(kept);
  }

  private void none() {
    state = new State.None();
  }
}
