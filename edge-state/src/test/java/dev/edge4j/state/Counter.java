package dev.edge4j.state;

/** The object most tests call: a number, in memory and on disk. */
public interface Counter {
  long add(long amount);

  long value();

  /** Adds, and then throws. */
  long addAndFail(long amount);

  final class Stored extends DurableObject implements Counter {
    private long value;

    public Stored(ObjectState state) {
      super(state);
      value = storage().get("value", Long.class).orElse(0L);
    }

    @Override
    public long add(long amount) {
      value += amount;
      storage().put("value", value);
      return value;
    }

    @Override
    public long value() {
      return value;
    }

    @Override
    public long addAndFail(long amount) {
      add(amount);
      throw new IllegalStateException("after adding " + amount);
    }
  }
}
