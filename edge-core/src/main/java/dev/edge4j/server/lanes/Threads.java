package dev.edge4j.server.lanes;

/** How the virtual threads of requests are set up, whoever schedules them. */
final class Threads {
  static final String NAME = "edge4j-request";

  private Threads() {}

  /** Without inherited thread-locals the JDK gives the system's class loader; a server in a container has another. */
  static Thread in(ClassLoader loader, Thread thread) {
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
    return thread;
  }

  /** The class loader of whoever starts the server. */
  static ClassLoader currentLoader() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }
}
