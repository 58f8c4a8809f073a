package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Forbidden;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.AddressBlock;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets clients in by their address, or keeps them out, with 403: {@code IpRules.allow("10.0.0.0/8").deny("10.0.0.13")}. What is denied stays out
 * whatever is allowed; where something is allowed, all else stays out. Addresses are compared as numbers, so that no spelling gets past ({@link
 * AddressBlock}). The address is the one of {@link Context#client}: behind a proxy that is the proxy's, unless {@link dev.edge4j.App#behind} says that it is believed.
 */
public final class IpRules implements Gate {
  private final List<AddressBlock> allowed;
  private final List<AddressBlock> denied;

  private IpRules(List<AddressBlock> allowed, List<AddressBlock> denied) {
    this.allowed = allowed;
    this.denied = denied;
  }

  /** Lets these in, and nobody else. {@link IllegalArgumentException} for what is no address and no block. */
  public static IpRules allow(String... blocks) {
    if (blocks.length == 0) {
      throw new IllegalArgumentException("nobody is allowed (expected: an address or a block at least)");
    }
    return new IpRules(blocks(blocks), List.of());
  }

  /** Keeps these out. {@link IllegalArgumentException} for what is no address and no block. */
  public static IpRules denying(String... blocks) {
    return new IpRules(List.of(), blocks(blocks));
  }

  /** Keeps these out too, whoever is let in. */
  public IpRules deny(String... blocks) {
    return new IpRules(allowed, Stream.concat(denied.stream(), blocks(blocks).stream()).toList());
  }

  private static List<AddressBlock> blocks(String... blocks) {
    return Arrays.stream(blocks).map(AddressBlock::of).toList();
  }

  @Override
  public Verdict before(Context c) {
    InetAddress client = c.client().address();
    boolean in = denied.stream().noneMatch(block -> block.contains(client)) && (allowed.isEmpty() || allowed.stream()
        .anyMatch(block -> block.contains(client)));
    return in ? Verdict.pass() : Verdict.answer(c.problem(new Forbidden("this address may not ask here")));
  }
}
