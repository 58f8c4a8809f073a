/** A user's module: it names edge-core and nothing that edge-core stands on. */
module hello {
  requires dev.edge4j.core;
  requires java.net.http;

  // JSON reads and writes the records of this package.
  opens hello;
}
