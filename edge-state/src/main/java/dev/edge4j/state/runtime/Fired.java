package dev.edge4j.state.runtime;

/** What became of an alarm that was found due. */
public sealed interface Fired {
  /** Its turn is on disk. */
  Fired USED_UP = new Done();

  /** It was changed meanwhile, and is not due any more. */
  Fired NOT_DUE = new Done();

  /** Nothing more is to be done; compare with {@link #USED_UP} and {@link #NOT_DUE}. */
  final class Done implements Fired {
    private Done() {}
  }

  /**
   * Its turn threw, and that is on disk.
   *
   * @param again false if it was the last attempt
   */
  record Failed(TurnThrew thrown, boolean again) implements Fired {}
}
