package dev.edge4j.http;

import java.util.Map;

/**
 * A request method (RFC 9110 section 9). Names are case sensitive; methods outside the registry are legal.
 *
 * @param name the method as it stands on the wire, a token
 */
public record Method(String name) {
  public static final Method GET = new Method("GET");
  public static final Method HEAD = new Method("HEAD");
  public static final Method POST = new Method("POST");
  public static final Method PUT = new Method("PUT");
  public static final Method PATCH = new Method("PATCH");
  public static final Method DELETE = new Method("DELETE");
  public static final Method OPTIONS = new Method("OPTIONS");

  private static final Map<String, Method> KNOWN = Map.of("GET", GET, "HEAD", HEAD, "POST", POST, "PUT", PUT, "PATCH",
      PATCH, "DELETE", DELETE, "OPTIONS", OPTIONS);

  /** Checks that the name is a token (RFC 9110 section 5.6.2). */
  public Method {
    if (!Tokens.isToken(name)) {
      throw new IllegalArgumentException("method: \"" + name + "\" (expected: a token, RFC 9110 section 5.6.2)");
    }
  }

  /** Returns the method of that name; the registered ones are shared instances. */
  public static Method of(String name) {
    Method known = KNOWN.get(name);
    return known != null ? known : new Method(name);
  }

  /** True for methods that promise to change nothing (RFC 9110 section 9.2.1). */
  public boolean isSafe() {
    return equals(GET) || equals(HEAD) || equals(OPTIONS) || name.equals("TRACE") || name.equals("QUERY");
  }

  @Override
  public String toString() {
    return name;
  }
}
