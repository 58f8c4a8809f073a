package dev.edge4j.support;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Isolated;

/** The guard against leaks finds one. */
@Isolated("it leaks, for the guard of its own class to see")
class LeakGuardTest {
  @Test
  @SuppressWarnings("NullAway") // the guard does not look at the context
  void aBufferThatNobodyReleasesIsALeak() throws InterruptedException {
    var collected = new ReferenceQueue<Object>();
    var sentinel = leak(collected);
    while (collected.poll() == null) {
      System.gc();
      Thread.onSpinWait();
    }
    assertTrue(sentinel.refersTo(null));
    var guard = new LeakGuard();
    ExtensionContext none = null;
    AssertionError error = assertThrows(AssertionError.class, () -> guard.afterAll(none));
    assertTrue(String.valueOf(error.getMessage()).startsWith("LEAK: "), error.getMessage());
  }

  private static PhantomReference<Object> leak(ReferenceQueue<Object> collected) {
    var buffer = ByteBufAllocator.DEFAULT.buffer(64);
    buffer.writeByte(1);
    return new PhantomReference<>(buffer, collected);
  }
}
