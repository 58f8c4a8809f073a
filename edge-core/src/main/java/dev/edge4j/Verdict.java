package dev.edge4j;

import dev.edge4j.http.Response;
import java.util.Objects;

/** What a {@link Gate} decides before the rest of its chain. */
public sealed interface Verdict {
  /** Go on. */
  static Verdict pass() {
    return Pass.INSTANCE;
  }

  /** Answer now; nothing behind this gate runs. */
  static Verdict answer(Response response) {
    return new Answer(response);
  }

  /** Cannot tell without waiting: resume me on a virtual thread through {@link Gate#handle}. */
  static Verdict offload() {
    return Offload.INSTANCE;
  }

  /** See {@link Verdict#pass()}. */
  record Pass() implements Verdict {
    private static final Pass INSTANCE = new Pass();
  }

  /** See {@link Verdict#answer(Response)}. */
  record Answer(Response response) implements Verdict {
    /** Refuses null here, where it is clear whose it is. */
    public Answer {
      Objects.requireNonNull(response, "Verdict.answer(null) (expected: a response)");
    }
  }

  /** See {@link Verdict#offload()}. */
  record Offload() implements Verdict {
    private static final Offload INSTANCE = new Offload();
  }
}
