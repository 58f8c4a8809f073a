package dev.edge4j;

import dev.edge4j.http.RequestTarget;

/** Paths with one slash more or less at their end. */
final class Slashes {
  private Slashes() {}

  /** The path with a slash at its end if it had none, without it if it had one; the root stays as it is. */
  static String other(String path) {
    if (path.equals("/")) {
      return path;
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
  }

  /**
   * The same for what a client asked for, prefixes of mounted applications included, to be sent back to it. It is made of the normal
   * form, which never begins with two slashes: those would name another host.
   */
  static String other(RequestTarget target) {
    RequestTarget asked = target.asked();
    String path = RequestTarget.encode(other(asked.path()));
    return asked.query().isEmpty() ? path : path + "?" + asked.query();
  }
}
