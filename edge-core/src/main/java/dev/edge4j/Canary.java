package dev.edge4j;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Sends a share of the visitors to the next version of an application and the rest to the stable one:
 * {@code app.mount("/", Canary.of(stable, next).share(0.05).by(c -> c.client().address()))}.
 *
 * <p>A visitor always comes to the same version, on every node and after every restart, for nothing but the hash of the visitor's key
 * decides. Growing the share only ever moves visitors from stable to next; shrinking it moves the last ones back first.
 *
 * <p>Immutable but for a {@link CanaryShare}, safe for use by many threads; never blocks.
 */
public final class Canary implements Function<Context, App> {
  private final App stable;
  private final App next;
  private final DoubleSupplier share;
  private final Function<? super Context, ?> visitor;

  private Canary(App stable, App next, DoubleSupplier share, Function<? super Context, ?> visitor) {
    this.stable = stable;
    this.next = next;
    this.share = share;
    this.visitor = visitor;
  }

  /** The two versions; nobody goes to {@code next} until {@link #share} says how many. Visitors are told apart by address. */
  public static Canary of(App stable, App next) {
    return new Canary(stable, next, () -> 0, c -> c.client().address());
  }

  /** Sends this share of the visitors to the next version: 0 is none, 0.05 five of a hundred, 1 all. */
  public Canary share(double newShare) {
    double given = checked(newShare);
    return new Canary(stable, next, () -> given, visitor);
  }

  /** Sends as many of the visitors to the next version as this says at the time. */
  public Canary share(CanaryShare newShare) {
    return new Canary(stable, next, newShare, visitor);
  }

  /** Tells visitors apart by this: an address, a user's id, a cookie. It must not block. */
  public Canary by(Function<? super Context, ?> newVisitor) {
    return new Canary(stable, next, share, newVisitor);
  }

  @Override
  public App apply(Context c) {
    Object key = visitor.apply(c);
    // Not toString: it holds the host name where one was looked up.
    return isNext(key instanceof InetAddress address ? address.getHostAddress() : String.valueOf(key), share
        .getAsDouble()) ? next
            : stable;
  }

  /**
   * Whether the visitor with that key is among the share, for a choice within one application. Put the name of an experiment into
   * the key ({@code "checkout:" + user}) unless all experiments shall have the same visitors.
   */
  public static boolean isNext(String key, double share) {
    return fraction(key) < checked(share);
  }

  /** The key's place in [0, 1): the first 53 bits of its SHA-256, as many as a double holds exactly. */
  private static double fraction(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  static double checked(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share: " + share + " (expected: 0 to 1)");
    }
    return share;
  }
}
