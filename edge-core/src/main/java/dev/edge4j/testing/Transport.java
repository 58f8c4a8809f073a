package dev.edge4j.testing;

/** The way a {@link TestClient} reaches its application; parameterise a test with it, and it runs both ways. */
public enum Transport {
  /** By calls, without a socket: the quick one. */
  IN_PROCESS,
  /** Over TCP on the loopback interface, through a server that is started for it: the whole one. */
  SOCKET
}
