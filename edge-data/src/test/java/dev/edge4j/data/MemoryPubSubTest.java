package dev.edge4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.data.contract.PubSubContract;
import dev.edge4j.kv.MemoryPubSub;
import dev.edge4j.kv.PubSub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Within a process messages go as they do between processes, and a listener may send some itself. */
class MemoryPubSubTest extends PubSubContract {
  private final MemoryPubSub hub = new MemoryPubSub();

  @Override
  protected PubSub open() {
    return hub.join();
  }

  @Test
  void aListenerMayPublish() {
    List<String> told = new ArrayList<>();
    hub.subscribe("a", message -> {
      hub.publish("b", message);
      told.add("a");
    });
    hub.subscribe("b", _ -> told.add("b"));
    hub.publish("a", new byte[1]);
    assertEquals(List.of("a", "b"), told);
  }
}
