package dev.edge4j.server;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.RequestTarget;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Turns a decoded head into a request of ours. */
final class RequestReader {
  private RequestReader() {}

  /** Throws {@link BadRequestException} or {@link IllegalArgumentException} for a head that is no valid request. */
  static Request read(Channel channel, HttpRequest head, RequestBody body) {
    check(head);
    Method method = Method.of(head.method().name());
    RequestTarget target = RequestTarget.parse(head.uri());
    Headers.Builder headers = Headers.builder();
    Iterator<Map.Entry<CharSequence, CharSequence>> fields = head.headers().iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      headers.add(field.getKey().toString(), field.getValue().toString());
    }
    return new Request(method, target, headers.build(), body, "http", peer(channel));
  }

  /** Refuses what those who share a connection could read in two ways (RFC 9112 sections 3.2 and 6.1). */
  private static void check(HttpRequest head) {
    boolean old = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (!old && !head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      throw new BadRequestException("the version is " + head.protocolVersion() + " (expected: HTTP/1.1 or HTTP/1.0)");
    }
    if (!head.uri().chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new BadRequestException("the request target holds more than visible ASCII (RFC 3986 section 2)");
    }
    int hosts = head.headers().getAll("Host").size();
    if (hosts > 1 || (hosts == 0 && !old)) {
      throw new BadRequestException("a request must have one Host field (RFC 9112 section 3.2)");
    }
    List<String> codings = head.headers().getAll("Transfer-Encoding");
    if (!codings.isEmpty() && (old || codings.size() > 1 || !codings.getFirst().strip().equalsIgnoreCase("chunked"))) {
      throw new BadRequestException("the transfer coding is not one \"chunked\" of HTTP/1.1 (RFC 9112 section 6.1)");
    }
  }

  private static InetAddress peer(Channel channel) {
    if (channel.remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null) {
      return remote.getAddress();
    }
    throw new BadRequestException("the connection has no peer address");
  }
}
