package dev.edge4j.http;

import java.util.Optional;

/** What the proxies in front have said, one element for each, the last proxy's last. Read only as far as it is believed. */
interface ForwardedTrail {
  int size();

  /** What that element says; empty if it is malformed. */
  Optional<ForwardedHop> hop(int index);
}
