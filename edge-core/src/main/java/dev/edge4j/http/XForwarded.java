package dev.edge4j.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What proxies say in {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}. No standard has them. Addresses are written with or without
 * brackets and ports.
 */
final class XForwarded implements ForwardedTrail {
  private final List<String> clients;
  private final List<String> schemes;
  private final List<String> hosts;

  private XForwarded(List<String> clients, List<String> schemes, List<String> hosts) {
    this.clients = clients;
    this.schemes = schemes;
    this.hosts = hosts;
  }

  static ForwardedTrail trail(Headers headers, boolean withHost) {
    return new XForwarded(members(headers, "X-Forwarded-For"), members(headers, "X-Forwarded-Proto"),
        withHost ? members(headers, "X-Forwarded-Host") : List.of());
  }

  /** Over all lines, empty ones too: what a proxy has added is counted from the end, so none may be skipped. */
  private static List<String> members(Headers headers, String name) {
    List<String> members = new ArrayList<>();
    for (String line : headers.all(name)) {
      for (String member : line.split(",", -1)) {
        members.add(member.strip());
      }
    }
    return members;
  }

  /** One at least: who names no client may tell the scheme. */
  @Override
  public int size() {
    return Math.max(1, clients.size());
  }

  @Override
  public Optional<ForwardedHop> hop(int index) {
    Optional<InetAddress> client = clients.isEmpty() ? Optional.empty() : address(clients.get(index));
    return Optional.of(new ForwardedHop(client, beside(schemes, index, ForwardedHop::scheme),
        beside(hosts, index, ForwardedHop::host)));
  }

  private static Optional<InetAddress> address(String text) {
    boolean bare = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
    return bare ? AddressBlock.parseAddress(text) : ForwardedHop.node(text);
  }

  /** The member at that place where there is one for each client; else the last, which the nearest proxy has set or let stand. */
  private Optional<String> beside(List<String> members, int index, Function<String, Optional<String>> read) {
    if (members.isEmpty()) {
      return Optional.empty();
    }
    return read.apply(members.size() == clients.size() ? members.get(index) : members.getLast());
  }
}
