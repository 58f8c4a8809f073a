package dev.edge4j;

import dev.edge4j.http.Response;

/** The pipeline's own {@link Next}. Used up by the first way to go on. */
final class Rest implements Next {
  /** Runs the steps that are left, in that context. */
  @FunctionalInterface
  interface Steps {
    Response run(Context c) throws Exception;
  }

  /** Makes an exchange of its own of them, in that context's place. */
  @FunctionalInterface
  interface Apart {
    Detached detach(Context c, Deadline deadline);
  }

  private final Context context;
  private final Steps steps;
  private final Apart apart;
  private boolean used;

  Rest(Context context, Steps steps, Apart apart) {
    this.context = context;
    this.steps = steps;
    this.apart = apart;
  }

  @Override
  public Response proceed() throws Exception {
    use();
    return steps.run(context);
  }

  @Override
  public Response proceedBy(Deadline deadline) throws Exception {
    use();
    Deadline outer = context.deadline();
    if (outer.sooner(deadline).equals(outer)) {
      return steps.run(context); // who set the outer one watches it
    }
    deadline.check();
    return Attempt.run(context, deadline, steps);
  }

  @Override
  public Response proceedInterruptibly() throws Exception {
    use();
    if (!context.method().isSafe()) {
      return steps.run(context);
    }
    var interruption = new Interruption(Thread.currentThread());
    boolean outer = context.interruptible(true);
    context.part().onCancel(interruption::fire);
    try {
      return steps.run(context);
    } finally {
      interruption.end();
      context.interruptible(outer);
    }
  }

  @Override
  public Detached detach(Deadline deadline) {
    use();
    return apart.detach(context, deadline);
  }

  private void use() {
    if (used) {
      throw new IllegalStateException("next was used twice (expected: one of its methods, once)");
    }
    used = true;
  }
}
