package dev.edge4j.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies in front that are believed when they tell whose request they pass on, and which fields they tell it in: {@code
 * app.behind(TrustedProxies.of("10.0.0.0/24"))}. Decides client address, scheme and host once, for everything behind it. Immutable, pure.
 *
 * <p>Each proxy adds at the right end of its list whom it got the request from. So the list is read from there: while the one who said it is
 * trusted, the next is believed; the first who is not is the client, and nothing to the left of it counts, for anybody can have
 * written it. An element that is malformed or names no address ends the walk: the client is then the last proxy that was named. So let
 * nobody in for having a proxy's address, and name the proxies alone here, not a network that clients are in too.
 *
 * <p>One family of fields is believed, and both are removed from every request, whoever sent it: {@code Forwarded}, {@code X-Real-IP} and all
 * {@code X-Forwarded-}. Nothing behind this can decide otherwise. {@code X-Forwarded-Prefix}, {@code -Port} and the rest are not read.
 *
 * <p>Source: RFC 7239; the usage of {@code X-Forwarded-For}.
 */
public final class TrustedProxies {
  private static final String PREFIX = "X-Forwarded-";
  private static final int MAX_COUNT = 32;

  private final List<AddressBlock> blocks;
  private final int count;
  private final boolean standard;
  private final boolean host;
  private final List<String> own;

  private TrustedProxies(List<AddressBlock> blocks, int count, boolean standard, boolean host, List<String> own) {
    this.blocks = blocks;
    this.count = count;
    this.standard = standard;
    this.host = host;
    this.own = own;
  }

  /**
   * Believes proxies with these addresses, in {@code X-Forwarded-For} and {@code X-Forwarded-Proto}, which the outermost of them must set.
   * {@link IllegalArgumentException} for what is no {@linkplain AddressBlock address or block}, and for a block that holds everybody.
   */
  public static TrustedProxies of(String... blocks) {
    List<AddressBlock> proxies = Arrays.stream(blocks).map(AddressBlock::of).toList();
    if (proxies.isEmpty() || proxies.stream().anyMatch(block -> block.toString().endsWith("/0"))) {
      throw new IllegalArgumentException("trusted proxies: " + proxies
          + " (expected: at least one address or block, and none that holds everybody)");
    }
    return new TrustedProxies(proxies, 0, false, false, List.of());
  }

  /**
   * Believes so many proxies, whatever their addresses are: for a platform whose proxies have none that are known. Only where no request can
   * come past any of them, or its sender writes what is believed.
   */
  public static TrustedProxies count(int proxies) {
    if (proxies < 1 || proxies > MAX_COUNT) {
      throw new IllegalArgumentException("trusted proxies: " + proxies + " (expected: 1 to " + MAX_COUNT + ")");
    }
    return new TrustedProxies(List.of(), proxies, false, false, List.of());
  }

  /** Reads {@code Forwarded} (RFC 7239) instead. Its elements tell scheme and host too, each of the proxy that wrote it. */
  public TrustedProxies forwarded() {
    return new TrustedProxies(blocks, count, true, host, own);
  }

  /**
   * Reads {@code X-Forwarded-Host} too. Only where the proxy sets it on every request: many pass on what the client has sent, who then
   * chooses the host that links, caches and comparisons go by.
   */
  public TrustedProxies withHost() {
    return new TrustedProxies(blocks, count, standard, true, own);
  }

  /**
   * Believes these fields too, and takes them out of the requests of all others: {@code CF-IPCountry} say. Only those that the proxy sets on every request, or
   * removes: many pass on what the client has sent. {@link IllegalArgumentException} for a name that is none.
   */
  public TrustedProxies withFields(String... names) {
    for (String name : names) {
      var _ = Headers.of(name, ""); // refuses a name that is no token
    }
    return new TrustedProxies(blocks, count, standard, host, List.of(names));
  }

  /**
   * The request with the client's address as its {@code peer}, and scheme and host as the client asked for them, without the fields that
   * tell them. What no trusted proxy tells is as the connection has it; a certificate is the client's own or none.
   */
  public Request decide(Request request) {
    Headers headers = request.headers();
    boolean trusted = trusts(request.peer(), 0);
    if (!isToldIn(headers, trusted)) {
      return request;
    }
    Request bare = request.withHeaders(bare(headers, trusted));
    if (!trusted) {
      return bare;
    }
    ForwardedTrail trail = standard ? Forwarded.trail(headers) : XForwarded.trail(headers, host);
    InetAddress client = request.peer();
    @Nullable
    ForwardedHop outermost = null;
    for (int i = trail.size() - 1; i >= 0 && trusts(client, trail.size() - 1 - i); i--) {
      Optional<ForwardedHop> hop = trail.hop(i);
      outermost = hop.orElse(outermost);
      if (hop.isEmpty() || hop.get().client().isEmpty()) {
        break;
      }
      client = hop.get().client().get();
    }
    return outermost == null ? bare : told(bare, client, outermost);
  }

  /** Whether the proxy at that address is believed, so many proxies away from here. */
  private boolean trusts(InetAddress proxy, int distance) {
    return count > 0 ? distance < count : blocks.stream().anyMatch(block -> block.contains(proxy));
  }

  /** A certificate that the connection has shown is the proxy's, and no proof of who the client is. */
  private static Request told(Request request, InetAddress client, ForwardedHop hop) {
    var told = new Request(request.method(), request.target(), request.headers(), request.body(),
        hop.scheme().orElse(request.scheme()), client);
    return hop.host().map(told::withAuthority).orElse(told);
  }

  private boolean isToldIn(Headers headers, boolean trusted) {
    boolean[] found = {false};
    headers.forEach((name, _) -> found[0] |= isTakenOut(name, trusted));
    return found[0];
  }

  private Headers bare(Headers headers, boolean trusted) {
    Headers.Builder kept = Headers.builder();
    headers.forEach((name, value) -> {
      if (!isTakenOut(name, trusted)) {
        kept.add(name, value);
      }
    });
    return kept.build();
  }

  private boolean isTakenOut(String name, boolean trusted) {
    return isTelling(name) || (!trusted && own.stream().anyMatch(name::equalsIgnoreCase));
  }

  private static boolean isTelling(String name) {
    return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) || name.equalsIgnoreCase("Forwarded")
        || name.equalsIgnoreCase("X-Real-IP");
  }

  /** Whom it believes, for logs. */
  @Override
  public String toString() {
    return (count > 0 ? count + " proxies" : blocks.toString()) + (standard ? " by Forwarded" : " by X-Forwarded-For");
  }
}
