package dev.edge4j.server.lanes;

/** The body of a request that is being answered, as who reads the wire sees it. Confined to the event loop. */
public interface IncomingBody {
  /** Where its bytes wait for the reader. */
  BodyPipe pipe();

  /** The reader has nothing left and wants more. */
  void wanted();
}
