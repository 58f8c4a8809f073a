package dev.edge4j.http;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A request as the application sees it. Immutable but for its body, which can be read once.
 *
 * @param method the method
 * @param target path and query
 * @param headers the header fields as received
 * @param body the body, read on demand
 * @param scheme {@code http} or {@code https}, as the connection has it, or as {@link TrustedProxies} say
 * @param peer the address at the other end of the connection, a client's or a proxy's, or the client's as {@link TrustedProxies} say; the
 *        loopback address for a unix socket
 * @param certificate the certificate that the other end of the connection has shown, verified by the server
 */
public record Request(Method method, RequestTarget target, Headers headers, RequestBody body, String scheme,
    InetAddress peer, Optional<X509Certificate> certificate) {

  /** Refuses the asterisk form for anything but OPTIONS. */
  public Request {
    if (target.isAsterisk() && !method.equals(Method.OPTIONS)) {
      throw new BadRequestException(
          "request target: * (expected: a path; only OPTIONS asks about the server as a whole)");
    }
  }

  /** A request over a connection without a certificate. */
  public Request(Method method, RequestTarget target, Headers headers, RequestBody body, String scheme,
      InetAddress peer) {
    this(method, target, headers, body, scheme, peer, Optional.empty());
  }

  /** A request made in process, from the loopback address: {@code Request.of(Method.GET, "/api/products?page=2")}. */
  public static Request of(Method method, String target) {
    return new Request(method, RequestTarget.parse(target), Headers.empty(), RequestBody.EMPTY, "http",
        InetAddress.getLoopbackAddress());
  }

  public static Request get(String target) {
    return of(Method.GET, target);
  }

  public static Request post(String target) {
    return of(Method.POST, target);
  }

  /** The path in its normal form. */
  public String path() {
    return target.path();
  }

  /** The host that the client asked for, as {@link RequestTarget#host} says; empty if it named none. */
  public String host() {
    return target.host(headers);
  }

  /** As {@link #host}, with the port if one was named, and in the client's spelling; empty if it named none. */
  public String authority() {
    return target.authority(headers);
  }

  public Request withMethod(Method newMethod) {
    return new Request(newMethod, target, headers, body, scheme, peer, certificate);
  }

  public Request withTarget(RequestTarget newTarget) {
    return new Request(method, newTarget, headers, body, scheme, peer, certificate);
  }

  public Request withHeaders(Headers newHeaders) {
    return new Request(method, target, newHeaders, body, scheme, peer, certificate);
  }

  /** A copy in which that field has this one value. */
  public Request withHeader(String name, String value) {
    return withHeaders(headers.with(name, value));
  }

  /** A copy that asks for that host, with its port if it has one: in the {@code Host} field, and in no absolute target. */
  public Request withAuthority(String authority) {
    return withTarget(target.withoutAuthority()).withHeader("Host", authority);
  }

  public Request withScheme(String newScheme) {
    return new Request(method, target, headers, body, newScheme, peer, certificate);
  }

  public Request withPeer(InetAddress newPeer) {
    return new Request(method, target, headers, body, scheme, newPeer, certificate);
  }

  /** A copy as from a client that has shown that certificate; for tests. */
  public Request withCertificate(X509Certificate newCertificate) {
    return new Request(method, target, headers, body, scheme, peer, Optional.of(newCertificate));
  }

  /** A copy with another body; the fields that describe it stay. */
  public Request withBody(RequestBody newBody) {
    return new Request(method, target, headers, newBody, scheme, peer, certificate);
  }

  /** A copy with a body that is there, described by {@code Content-Type} and {@code Content-Length}. */
  public Request withBody(String mediaType, byte[] bytes) {
    Headers described = headers.with("Content-Type", mediaType).with("Content-Length", String.valueOf(bytes.length));
    return new Request(method, target, described, RequestBody.of(bytes), scheme, peer, certificate);
  }

  public Request withJson(String json) {
    return withBody(MediaType.JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  public Request withForm(String encoded) {
    return withBody(MediaType.FORM, encoded.getBytes(StandardCharsets.UTF_8));
  }
}
