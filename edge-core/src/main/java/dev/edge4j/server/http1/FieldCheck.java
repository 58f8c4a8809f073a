package dev.edge4j.server.http1;

/** Looks at each field of a section while it is read. */
@FunctionalInterface
interface FieldCheck {
  void field(String name, String value) throws MalformedException;
}
