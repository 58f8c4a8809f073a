package dev.edge4j.server.http1;

/**
 * How long a part of a request may be, and what is answered past that.
 *
 * @param bytes without the ends of lines
 * @param detail what is wrong with a longer one
 */
record Limit(int bytes, int status, String detail) {
  MalformedException exceeded() {
    return new MalformedException(status, detail);
  }
}
