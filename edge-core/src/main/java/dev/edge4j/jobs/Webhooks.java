package dev.edge4j.jobs;

import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Origin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may be told of the end of a job, and how. A target is an origin that the program names: who hands in a job chooses among them, so nobody makes
 * this server ask addresses of its own network. Messages are signed, so that the receiver knows whose they are.
 *
 * <p>A message is a job of its own, kept from the moment the other one ends: it is sent until the receiver takes it, ten times within some hours, and
 * then it is a dead letter. A receiver may get it twice, with the same {@code webhook-id}. Source: Standard Webhooks 1.0.0.
 *
 * <p>Immutable; each method but the first makes a copy.
 */
public final class Webhooks {
  private static final RetryPolicy RETRIES = new RetryPolicy(10, Duration.ofSeconds(5), Duration.ofHours(1));
  private static final String SECRET_PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";
  private static final int MIN_SECRET = 24;
  private static final int MAX_SECRET = 64;

  private final WebhookSender sender;
  private final Set<Origin> targets;
  private final List<SecretKeySpec> secrets;
  private final RetryPolicy retries;

  private Webhooks(WebhookSender sender, Set<Origin> targets, List<SecretKeySpec> secrets, RetryPolicy retries) {
    this.sender = sender;
    this.targets = targets;
    this.secrets = secrets;
    this.retries = retries;
  }

  /** Sends by that, to nobody yet. */
  public static Webhooks by(WebhookSender sender) {
    return new Webhooks(sender, Set.of(), List.of(), RETRIES);
  }

  /** Allows these origins as well: {@code https://hooks.example.com}, with its port if it has one of its own. */
  public Webhooks to(String... origins) {
    Set<Origin> all = new HashSet<>(targets);
    all.addAll(List.of(origins).stream().map(Origin::of).collect(Collectors.toSet()));
    return new Webhooks(sender, Set.copyOf(all), secrets, retries);
  }

  /**
   * Signs with that secret: {@code whsec_} and 24 to 64 bytes in Base64. With several, each signs, so that a receiver may go over from one to the
   * next.
   */
  public Webhooks signedBy(String secret) {
    List<SecretKeySpec> all = new ArrayList<>(secrets);
    all.add(key(secret));
    return new Webhooks(sender, targets, List.copyOf(all), retries);
  }

  public Webhooks retries(RetryPolicy policy) {
    return new Webhooks(sender, targets, secrets, policy);
  }

  /** True for a URL that a job may name. */
  public boolean allows(URI url) {
    return url.getRawUserInfo() == null && url.getRawFragment() == null && url.getRawAuthority() != null
        && Origin.parse(url.getScheme() + "://" + url.getRawAuthority()).filter(targets::contains).isPresent();
  }

  // ---- for who sends them

  /** Refuses what would be sent unsigned, or to nobody. */
  Webhooks checked() {
    if (targets.isEmpty() || secrets.isEmpty()) {
      throw new IllegalArgumentException("webhooks: " + targets.size() + " targets, " + secrets.size()
          + " secrets (expected: at least one of each, by to(...) and signedBy(...))");
    }
    return this;
  }

  RetryPolicy retries() {
    return retries;
  }

  /** Sends it; an exception if it did not arrive. The signature holds the time of this attempt. */
  void send(String id, Instant now, URI url, byte[] body) throws Exception {
    String timestamp = Long.toString(now.getEpochSecond());
    var headers = Headers.of("Content-Type", MediaType.JSON, "webhook-id", id, "webhook-timestamp", timestamp,
        "webhook-signature", secrets.stream()
            .map(key -> sign(key, id, timestamp, body))
            .collect(Collectors.joining(
                " ")));
    if (!sender.send(new WebhookMessage(url, headers, body))) {
      throw new NotTaken();
    }
  }

  /** The sender has said no; there is no stack worth logging. */
  static final class NotTaken extends Exception {
    private static final long serialVersionUID = 1L;

    NotTaken() {
      super("the receiver did not take it", null, false, false);
    }
  }

  static String sign(SecretKeySpec key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HmacSHA256", e);
    }
  }

  static SecretKeySpec key(String secret) {
    Optional<byte[]> bytes = secret.startsWith(SECRET_PREFIX) ? base64(secret.substring(SECRET_PREFIX.length()))
        : Optional.empty();
    return bytes.filter(b -> b.length >= MIN_SECRET && b.length <= MAX_SECRET)
        .map(b -> new SecretKeySpec(b, HMAC))
        .orElseThrow(() -> new IllegalArgumentException("secret of webhooks (expected: whsec_ and " + MIN_SECRET
            + " to " + MAX_SECRET + " bytes in Base64)"));
  }

  private static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
