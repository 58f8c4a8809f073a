package dev.edge4j.state;

import java.io.PrintStream;
import java.nio.file.Path;

/** What {@link AKilledTurnIsWholeOrNotThereTest} kills: writers that add to ledgers and print each entry once it is acknowledged. */
final class LedgerProcess {
  static final int LEDGERS = 3;

  private LedgerProcess() {}

  /** Runs until killed. Arguments: the folder, and a word that makes the entries of this run different from others. */
  public static void main(String[] args) throws InterruptedException {
    var out = new PrintStream(System.out, true);
    Namespace<Ledger> ledgers = DurableObjects.embedded(Path.of(args[0])).namespace(Ledger.declared("ledger"));
    for (int writer = 0; writer < LEDGERS; writer++) {
      String name = "ledger" + writer;
      String prefix = args[1] + "-" + writer + "-";
      Thread.ofPlatform().start(() -> {
        for (int i = 0; true; i++) {
          ledgers.get(name).add(prefix + i, 1);
          out.println(name + " " + prefix + i);
        }
      });
    }
    Thread.currentThread().join();
  }
}
