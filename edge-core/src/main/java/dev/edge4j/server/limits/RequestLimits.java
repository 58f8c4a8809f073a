package dev.edge4j.server.limits;

/**
 * How large a request may be.
 *
 * @param maxTargetBytes longest request line, or target in HTTP/2; over it the answer is 414
 * @param maxHeaderBytes all header fields together; over it 431
 * @param maxHeaderFields how many; over it 431
 * @param maxBodyBytes a body; over it 413
 */
public record RequestLimits(int maxTargetBytes, int maxHeaderBytes, int maxHeaderFields, long maxBodyBytes) {
  /** The shortest head there is, {@code GET / HTTP/1.1} and its {@code Host}, has some 30 bytes. */
  private static final int SHORTEST_BYTES = 64;

  /** Refuses limits that no request could keep. */
  public RequestLimits {
    if (maxTargetBytes < SHORTEST_BYTES || maxHeaderBytes < SHORTEST_BYTES || maxHeaderFields < 1 || maxBodyBytes < 0) {
      throw new IllegalArgumentException("requests: target of " + maxTargetBytes + " bytes, header of " + maxHeaderBytes
          + " bytes in " + maxHeaderFields + " fields, body of " + maxBodyBytes + " bytes (expected: at least "
          + SHORTEST_BYTES + " bytes for target and header, 1 field, 0 bytes for a body)");
    }
  }

  /** 8 KiB, 16 KiB in 100 fields, 1 MiB. */
  public static RequestLimits defaults() {
    return new RequestLimits(8 * 1024, 16 * 1024, 100, 1024 * 1024);
  }

  public RequestLimits withMaxBodyBytes(long newMaxBodyBytes) {
    return new RequestLimits(maxTargetBytes, maxHeaderBytes, maxHeaderFields, newMaxBodyBytes);
  }

  /** Sets the limits on a request's head: its line, and its fields together. */
  public RequestLimits withMaxHeadBytes(int newMaxTargetBytes, int newMaxHeaderBytes) {
    return new RequestLimits(newMaxTargetBytes, newMaxHeaderBytes, maxHeaderFields, maxBodyBytes);
  }

  public RequestLimits withMaxHeaderFields(int newMaxHeaderFields) {
    return new RequestLimits(maxTargetBytes, maxHeaderBytes, newMaxHeaderFields, maxBodyBytes);
  }
}
