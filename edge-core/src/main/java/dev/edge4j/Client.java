package dev.edge4j;

import java.net.InetAddress;

/**
 * Who sent a request, decided once.
 *
 * @param address the address at the other end of the connection; header fields of proxies are not believed by default
 */
public record Client(InetAddress address) {}
