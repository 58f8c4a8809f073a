package dev.edge4j.support;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaks a Netty buffer. Registered for every class of the module; the build sets the detector to
 * paranoid. What a class leaks may be found in the one after it, so the report names the buffer's way, not the class.
 */
public final class LeakGuard implements AfterAllCallback {
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
  /** True if a buffer was made since the last look. Without one there is nothing to collect, and collecting stops the class beside this one. */
  private static volatile boolean used;

  static {
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
      @Override
      @Deprecated
      public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
          long maxActive) {
        return new Recording<>(resource, samplingInterval);
      }
    });
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (!used) {
      return;
    }
    System.gc();
    // The detector reports what was collected at the next allocations.
    for (int i = 0; i < 8; i++) {
      ByteBufAllocator.DEFAULT.buffer(16).release();
    }
    used = false;
    if (!LEAKS.isEmpty()) {
      String report = String.join("\n", LEAKS);
      LEAKS.clear();
      throw new AssertionError("LEAK: " + report);
    }
  }

  private static final class Recording<T> extends ResourceLeakDetector<T> {
    Recording(Class<?> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    public @Nullable ResourceLeakTracker<T> track(T resource) {
      used = true;
      return super.track(resource);
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
      LEAKS.add(resourceType + records);
      super.reportTracedLeak(resourceType, records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
      LEAKS.add(resourceType);
      super.reportUntracedLeak(resourceType);
    }
  }
}
