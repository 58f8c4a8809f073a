package dev.edge4j.render.asset;

import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.NotFound;
import dev.edge4j.Routes;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Representation;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The files of a folder under names that hold the hash of their content: {@code assets.url("app.css")} is {@code /assets/app.3f9c1a2b7d.css}, which any cache may
 * keep for a year without asking ({@code immutable}, RFC 8246). Under its own name a file is served too, and asked for each time.
 *
 * <p>References in style sheets and scripts to other files of the folder are rewritten to their hashed names; one to a file that is not there fails at start. All is read
 * at start and kept in memory, at most 256 MiB; what compresses is compressed on a thread behind it, by brotli and zstd where their libraries are there and by gzip
 * always, and sent uncoded until then. Each coding has a strong {@code ETag} of its own; conditions and ranges are answered (RFC 9110 sections 13 and 14). Everything is
 * {@code public}: nothing belongs in the folder that not everyone may see.
 *
 * <p>Safe for use by many threads; never blocks.
 */
public final class Assets implements Handler, AutoCloseable {
  private static final String PARAMETER = "path";

  private final Supplier<Map<String, byte[]>> folder;
  private final AssetOptions options;
  private volatile State state;

  /** What belongs together: the files and who compresses them. */
  private record State(Snapshot snapshot, Compressor compressor) {}

  private Assets(Supplier<Map<String, byte[]>> folder, AssetOptions options) {
    this.folder = folder;
    this.options = options;
    this.state = read();
  }

  /**
   * The files of a class path folder, as the class that calls this sees it; a caller in a named module opens the folder to everyone. {@link IllegalArgumentException}
   * for a folder without files, and for a reference to a file that is not there.
   */
  public static Assets from(String classpathFolder) {
    // The caller is asked for here: one frame further down it would be this class.
    Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    ClassLoader loader = caller.getClassLoader();
    return from(loader == null ? ClassLoader.getSystemClassLoader() : loader, classpathFolder, AssetOptions.defaults());
  }

  /** The files of a folder as a class loader sees it, in directories and in jars; fails as {@link #from(String)} does. */
  public static Assets from(ClassLoader loader, String folder, AssetOptions options) {
    return new Assets(() -> AssetFolder.onClassPath(loader, folder), options);
  }

  /** The files of a folder on disk; fails as {@link #from(String)} does. */
  public static Assets from(Path folder) {
    return from(folder, AssetOptions.defaults());
  }

  /** As {@link #from(Path)}, with options. */
  public static Assets from(Path folder, AssetOptions options) {
    return new Assets(() -> AssetFolder.onDisk(folder), options);
  }

  private State read() {
    Map<String, byte[]> files = folder.get();
    options.files().forEach((name, content) -> {
      if (files.putIfAbsent(name, content.get()) != null) {
        throw new IllegalArgumentException("asset \"" + name + "\" is in the folder and added to it (expected: one)");
      }
    });
    Snapshot snapshot = Snapshot.of(files, options);
    return new State(snapshot, Compressor.start(snapshot.all()));
  }

  /** Registers the route that serves them, below the prefix of the options: in an application that is mounted nowhere else. */
  public Assets routes(Routes routes) {
    routes.get(options.prefix() + "/*" + PARAMETER, Handler.inline(this));
    return this;
  }

  /** Where that file is: a path with the hash of its content in it. {@link IllegalArgumentException}, with the nearest name, if it is not there. */
  public String url(String name) {
    return asset(name).url();
  }

  /** What the attribute {@code integrity} of an element that loads it says; fails as {@link #url} does. */
  public String integrity(String name) {
    return asset(name).integrity();
  }

  /** All that is known of a file; fails as {@link #url} does. */
  public Asset asset(String name) {
    return state.snapshot.named(name);
  }

  /** All files, by name. */
  public List<Asset> all() {
    return state.snapshot.all().stream().map(StoredAsset::asset).toList();
  }

  /** {@code Link} fields that have a browser load these files before it finds them in the page, for a response or {@link Context#earlyHints}; fails as {@link #url} does. */
  public Headers preload(String... names) {
    Headers.Builder links = Headers.builder();
    for (String name : names) {
      links.add("Link", Preload.link(asset(name)));
    }
    return links.build();
  }

  /** Waits until all compressed forms are made; false if the time was over before. */
  public boolean awaitCompressed(Duration timeout) throws InterruptedException {
    return state.compressor.await(timeout);
  }

  /** Reads the folder again, for whoever works on it: names of before are gone. Fails as {@link #from(Path)} does, and all stays as it was then. */
  public void reload() {
    State before = state;
    state = read();
    before.compressor.close();
  }

  /** Compresses no further; what is there is served still. */
  @Override
  public void close() {
    state.compressor.close();
  }

  @Override
  public Response handle(Context c) {
    String rest = c.rawParam(PARAMETER).orElse("");
    Optional<Snapshot.Found> found = rest.contains("%2F") ? Optional.empty()
        : state.snapshot.find(RequestTarget.decode(
            rest));
    Snapshot.Found asset = found.orElseThrow(() -> new NotFound("no such asset"));
    return Representation.answer(c.request(), asset.asset().whole(c.headers(), asset.hashed()), c.time().instant());
  }
}
