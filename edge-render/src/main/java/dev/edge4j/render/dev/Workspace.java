package dev.edge4j.render.dev;

import dev.edge4j.render.TemplateException;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import dev.edge4j.render.asset.Assets;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The templates as they last compiled, and what is wrong with them now. What does not compile changes nothing but the problem. Safe for use by many threads.
 */
final class Workspace {
  private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);

  /**
   * What came of the last change.
   *
   * @param version another for each change, and for each process
   * @param views the templates as they last compiled; empty if they never did
   * @param problem what is wrong with them as they are now
   */
  record State(String version, Optional<Views> views, Optional<RuntimeException> problem) {}

  private final Path templates;
  private final ViewOptions options;
  private final Optional<Assets> assets;
  private final List<Path> watched = new ArrayList<>();
  private final Consumer<State> listener;
  private final String process = HexFormat.of().toHexDigits(new Random().nextInt());
  private final ReentrantLock looking = new ReentrantLock();
  private Map<Path, ?> seen = Map.of();
  private int changes;
  private volatile State state = new State("", Optional.empty(), Optional.empty());

  Workspace(Path templates, ViewOptions options, Optional<Assets> assets, Optional<Path> assetFolder,
      Consumer<State> listener) {
    this.templates = templates;
    this.options = options;
    this.assets = assets;
    this.listener = listener;
    watched.add(templates);
    assetFolder.ifPresent(watched::add);
  }

  State state() {
    return state;
  }

  /** Looks at the folders, and compiles again if anything in them has changed. Blocks while that lasts. */
  State refresh() {
    looking.lock();
    try {
      Map<Path, ?> now = Fingerprint.of(watched);
      if (changes > 0 && now.equals(seen)) {
        return state;
      }
      seen = now;
      state = compiled(process + "-" + ++changes);
      listener.accept(state);
      return state;
    } finally {
      looking.unlock();
    }
  }

  private State compiled(String version) {
    try {
      if (changes > 1) {
        assets.ifPresent(Assets::reload);
      }
      return new State(version, Optional.of(Views.from(templates, options)), Optional.empty());
    } catch (TemplateException | IllegalArgumentException | UncheckedIOException e) {
      LOG.warn("templates stay as they were: {}", e.getMessage());
      return new State(version, state.views(), Optional.of(e));
    }
  }
}
