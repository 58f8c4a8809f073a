package dev.edge4j.server.http2;

import dev.edge4j.http.Authority;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.server.limits.RequestLimits;
import dev.edge4j.wire.ContentLength;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields that open a stream as a request (RFC 9113 sections 8.2 and 8.3). A request that breaks the rules of HTTP/2 is malformed; one that breaks those
 * that hold for every version is refused with the status that HTTP/1.1 has for it.
 */
final class RequestFields {
  private final RequestLimits limits;
  private final Headers.Builder headers = Headers.builder();
  private @Nullable String method;
  private @Nullable String scheme;
  private @Nullable String authority;
  private @Nullable String path;
  private @Nullable String host;
  private @Nullable StringBuilder cookies;
  private long length = RequestHead.Accepted.UNDECLARED;
  private boolean expectsContinue;
  private boolean regular;
  private int count;

  private RequestFields(RequestLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a block.
   *
   * @param endStream true if there is no body
   */
  static RequestHead read(FieldList fields, boolean endStream, RequestLimits limits) {
    var request = new RequestFields(limits);
    try {
      for (int i = 0; i < fields.size(); i++) {
        request.field(fields.name(i), fields.value(i));
      }
      return request.head(fields.isTooLarge(), endStream);
    } catch (MalformedFieldsException e) {
      boolean reset = e.status() == MalformedFieldsException.RESET;
      return reset ? new RequestHead.Malformed(e.detail())
          : new RequestHead.Refused(request.isHead() ? Method.HEAD : Method.GET, e.status(), e.detail());
    }
  }

  private boolean isHead() {
    return "HEAD".equals(method);
  }

  private void field(String name, String value) throws MalformedFieldsException {
    if (name.startsWith(":")) {
      pseudo(name, value);
      return;
    }
    if (!regular) {
      beginRegular();
    }
    FieldRules.check(name, value);
    switch (name) {
      case "host" -> {
        host = once(host, name, value);
        if (authority == null) {
          add(name, value);
        }
      }
      case "cookie" -> cookie(value);
      case "content-length" -> {
        if (length != RequestHead.Accepted.UNDECLARED) {
          throw new MalformedFieldsException("there are two content-length fields");
        }
        length = contentLength(value);
        add(name, value);
      }
      case "expect" -> {
        expectsContinue |= value.toLowerCase(Locale.ROOT).contains("100-continue");
        add(name, value);
      }
      default -> add(name, value);
    }
  }

  /** All pseudo-header fields are known now: the host stands before all else, where HTTP/1.1 clients put it. */
  private void beginRegular() throws MalformedFieldsException {
    regular = true;
    if (authority != null) {
      add("host", authority);
    }
  }

  private void pseudo(String name, String value) throws MalformedFieldsException {
    if (regular) {
      throw new MalformedFieldsException(name + " behind a regular field (RFC 9113 section 8.3)");
    }
    switch (name) {
      case ":method" -> method = once(method, name, value);
      case ":scheme" -> scheme = once(scheme, name, value);
      case ":authority" -> authority = once(authority, name, value);
      case ":path" -> path = once(path, name, value);
      default -> throw new MalformedFieldsException(name + " (expected: a pseudo-header field of a request)");
    }
  }

  private static String once(@Nullable String before, String name, String value) throws MalformedFieldsException {
    if (before != null) {
      throw new MalformedFieldsException("there are two " + name + " fields");
    }
    return value;
  }

  /** A cookie may come in crumbs, so that they compress better: they are one field (RFC 9113 section 8.2.3). */
  private void cookie(String crumb) {
    StringBuilder joined = cookies;
    if (joined == null) {
      cookies = new StringBuilder(crumb);
    } else {
      joined.append("; ").append(crumb);
    }
  }

  private void add(String name, String value) throws MalformedFieldsException {
    if (++count > limits.maxHeaderFields()) {
      throw new MalformedFieldsException(431, "there are more than " + limits.maxHeaderFields() + " header fields");
    }
    try {
      headers.add(name, value);
    } catch (IllegalArgumentException e) {
      throw new MalformedFieldsException(String.valueOf(e.getMessage()));
    }
  }

  private RequestHead head(boolean tooLarge, boolean endStream) throws MalformedFieldsException {
    if (tooLarge) {
      throw new MalformedFieldsException(431, "the header fields are larger than " + limits.maxHeaderBytes()
          + " bytes");
    }
    Method asked = method(method);
    RequestTarget target = target(asked);
    checkHost();
    if (!regular) {
      beginRegular();
    }
    StringBuilder joined = cookies;
    if (joined != null) {
      add("cookie", joined.toString());
    }
    if (endStream && length > 0) {
      throw new MalformedFieldsException("content-length: " + length + " (expected: that many bytes)");
    }
    return new RequestHead.Accepted(asked, target, headers.build(), length, expectsContinue && !endStream);
  }

  private static Method method(@Nullable String name) throws MalformedFieldsException {
    if (name == null) {
      throw new MalformedFieldsException("there is no :method");
    }
    if (name.equals("CONNECT")) {
      throw new MalformedFieldsException(501, "CONNECT is for proxies (RFC 9110 section 9.3.6)");
    }
    try {
      return Method.of(name);
    } catch (IllegalArgumentException e) {
      throw new MalformedFieldsException(String.valueOf(e.getMessage()));
    }
  }

  /** Origin form or asterisk: an absolute target belongs in the other pseudo-header fields (section 8.3.1). */
  private RequestTarget target(Method asked) throws MalformedFieldsException {
    String text = path;
    if (scheme == null || text == null || text.isEmpty()) {
      throw new MalformedFieldsException("there is no :scheme, or no :path");
    }
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new MalformedFieldsException(400, ":scheme: \"" + scheme + "\" (expected: http or https)");
    }
    if (text.length() > limits.maxTargetBytes()) {
      throw new MalformedFieldsException(414, "the path is longer than " + limits.maxTargetBytes() + " bytes");
    }
    boolean asterisk = text.equals("*") && asked.equals(Method.OPTIONS);
    if (!asterisk && text.charAt(0) != '/') {
      throw new MalformedFieldsException(400, ":path: \"" + text + "\" (expected: a slash at its beginning)");
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 127) {
        throw new MalformedFieldsException(400, "the path holds more than visible ASCII (RFC 3986 section 2)");
      }
    }
    try {
      return RequestTarget.parse(text);
    } catch (BadRequestException e) {
      throw new MalformedFieldsException(400, String.valueOf(e.getMessage()));
    }
  }

  /** The one host that the request is for. Two that differ are an attempt to be understood differently by two readers. */
  private void checkHost() throws MalformedFieldsException {
    String named = authority == null ? host : authority;
    if (named == null) {
      throw new MalformedFieldsException(400, "there is no :authority (RFC 9113 section 8.3.1)");
    }
    if (host != null && !host.equalsIgnoreCase(named)) {
      throw new MalformedFieldsException("host: \"" + host + "\" (expected: " + named + ", as :authority says)");
    }
    if (!Authority.isValid(named)) {
      throw new MalformedFieldsException(400, ":authority: \"" + named + "\" (expected: a host and perhaps a port)");
    }
  }

  private static long contentLength(String digits) throws MalformedFieldsException {
    return ContentLength.parse(digits)
        .orElseThrow(() -> new MalformedFieldsException("content-length: \"" + digits
            + "\" (expected: one decimal number)"));
  }
}
