package dev.edge4j.data.mesh.config;

import dev.edge4j.data.DataException;

/** A mesh file that is wrong. The message is one line: where, what was given, what was expected; it never holds a secret. */
public final class MeshConfigException extends DataException {
  private static final long serialVersionUID = 1L;

  public MeshConfigException(String message) {
    super(message);
  }

  public MeshConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
