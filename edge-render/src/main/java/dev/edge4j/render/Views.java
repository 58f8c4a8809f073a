package dev.edge4j.render;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Renderer;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.render.html.Format;
import dev.edge4j.render.program.Library;
import dev.edge4j.render.script.Script;
import dev.edge4j.render.stream.StreamedPage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Mustache templates of one folder, compiled at start. Immutable and safe for use by many threads.
 *
 * <p>Every file {@code NAME.mustache} in the folder, at any depth, is the template {@code NAME}, folders with {@code /}:
 * {@code templates/shop/cart.mustache} is {@code shop/cart}. A partial {@code {{>NAME}}} and a layout
 * {@code {{<NAME}}{{$block}}...{{/block}}{{/NAME}}} are looked up from the folder of the template that names them, or from the
 * top with a leading {@code /}. A syntax error and a name of a template that is not there fail at start. No name reaches a
 * file system or a class path afterwards.
 *
 * <p>What a template sees of a model: entries of a map with string keys, and of every other type of the application the public
 * record components, methods without parameters (also {@code getX} and {@code isX} as {@code x}) and fields. Types of the JDK
 * show nothing but their text. A name is looked up in the innermost section first, then outwards; a name found nowhere is an
 * error. {@code Optional} is unwrapped. False are {@code null}, {@code false}, an absent {@code Optional}, an empty text and an
 * empty list or array; {@code 0} and an empty map are true.
 *
 * <p>{@code app.use(Views.from("templates"))} makes them what {@link Context#render} renders by.
 *
 * <p>{@code {{x}}} is escaped, a {@link SafeHtml} too; {@code {{{x}}}} takes a {@link SafeHtml} and nothing else.
 */
public final class Views implements Gate, Renderer {
  private static final Logger LOG = LoggerFactory.getLogger(Views.class);

  private final Library library;

  private Views(Library library) {
    this.library = library;
  }

  /**
   * The templates of a class path folder, as the class that calls this sees it. A caller in a named module opens the folder to
   * everyone ({@code opens templates;}), as Java hides the resources of a module otherwise. Throws {@link TemplateException}
   * for a template that does not compile and {@link IllegalArgumentException} for a folder without templates.
   */
  public static Views from(String classpathFolder) {
    // The caller is asked for here: one frame further down it would be this class.
    Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    return from(loader(caller), classpathFolder, ViewOptions.strict());
  }

  /** As {@link #from(String)}, with options. */
  public static Views from(String classpathFolder, ViewOptions options) {
    Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    return from(loader(caller), classpathFolder, options);
  }

  private static ClassLoader loader(Class<?> caller) {
    ClassLoader loader = caller.getClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }

  /** The templates of a folder as a class loader sees it, in directories and in jars; fails as {@link #from(String)} does. */
  public static Views from(ClassLoader loader, String folder) {
    return from(loader, folder, ViewOptions.strict());
  }

  /** As {@link #from(ClassLoader, String)}, with options. */
  public static Views from(ClassLoader loader, String folder, ViewOptions options) {
    return of(TemplateFolder.onClassPath(loader, folder), folder, options);
  }

  /** The templates of a folder on disk, read once; fails as {@link #from(String)} does. */
  public static Views from(Path folder) {
    return from(folder, ViewOptions.strict());
  }

  /** As {@link #from(Path)}, with options. */
  public static Views from(Path folder, ViewOptions options) {
    return of(TemplateFolder.onDisk(folder), folder.toString(), options);
  }

  private static Views of(Map<String, String> sources, String folder, ViewOptions options) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no templates in \"%s\" (expected: files *%s)"
          .formatted(folder, TemplateFolder.EXTENSION));
    }
    Views views = of(sources, options);
    LOG.info("compiled {} templates of {}", sources.size(), folder);
    return views;
  }

  /** Templates by name, from wherever they come; fails as {@link #from(String)} does. */
  public static Views of(Map<String, String> sources, ViewOptions options) {
    return new Views(Library.compile(sources, options));
  }

  /** Makes them what {@link Context#render} renders by, and answers for the small scripts of this module, under {@code /_edge4j/}: in an application that is mounted nowhere else, or in the one around it too. */
  @Override
  public Verdict before(Context c) {
    Optional<Response> script = Script.answer(c.request(), c.path());
    if (script.isPresent()) {
      return Verdict.answer(script.get());
    }
    c.set(Renderer.KEY, this);
    return Verdict.pass();
  }

  /**
   * A page as UTF-8. Throws {@link TemplateException} for a template that is not there, a name the model does not have, and an
   * accessor of the model that throws.
   */
  @Override
  public byte[] render(String template, Object model) {
    return library.render(template, model, Views::noNonce);
  }

  /**
   * The page with a place for each section whose value is a {@link Late} that is not there, and each of them behind it when it is, see {@link
   * Context#stream}. A page that fails to render is an error as usual, for nothing of it has left. In tables and other places that do not
   * take elements of any name, and in the text of other media types, what is late is waited for.
   */
  @Override
  public Response stream(Context c, int status, String template, Object model) {
    return StreamedPage.answer(c, status, mediaType(template), library, template, model);
  }

  /**
   * A page that many visitors share, cut at the sections whose values are {@linkplain Hole holes}. What is late is waited for. Throws as {@link
   * #render(String, Object)} does.
   */
  public SegmentedPage segments(String template, Object model) {
    return SegmentedPage.of(library, mediaType(template), template, model, Views::noNonce);
  }

  /**
   * The page of {@link SegmentedPage#encode}d bytes. Throws {@link IllegalArgumentException} if they are none, or the templates have changed
   * since: a cache takes that for a miss.
   */
  public SegmentedPage segmentedPage(byte[] encoded) {
    return SegmentedPage.decode(library, encoded);
  }

  /** A block of a template that stays up to date in browsers. Throws {@link TemplateException} if there is no such block. */
  public LiveFragment live(String template, String block) {
    return LiveFragment.of(library, template, block);
  }

  /** As {@link #render(String, Object)}; {@code {{edge.nonce}}} is that of the request, see {@link SecureHeaders#nonce}. */
  @Override
  public byte[] render(Context c, String template, Object model) {
    return library.render(template, model, () -> SecureHeaders.nonce(c));
  }

  /** By what the name ends with: {@code .md}, {@code .txt} and {@code .xml} are what they say, everything else is HTML. */
  @Override
  public String mediaType(String template) {
    return Format.of(template).mediaType();
  }

  /**
   * What a block {@code {{$block}}} of a template prints by itself, as UTF-8: the first of that name between elements. It sees the model as
   * the page does outside of all sections. Throws as {@link #render} does, and {@link TemplateException} if there is no such block.
   */
  public byte[] renderBlock(String template, String block, Object model) {
    return library.renderBlock(template, block, model, Views::noNonce);
  }

  /**
   * The block for a request that asks for a part of the page, the whole page for any other; the answer says which fields of the request
   * made the difference ({@code Vary}). Parts are asked for by htmx, Turbo frames and Datastar. Where the request names an element
   * that is also the name of one of {@code blocks}, it gets that one, else the first. Throws
   * {@link IllegalArgumentException} without any.
   */
  @Override
  public Response fragment(Context c, String template, List<String> blocks, Object model) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("fragment of " + template
          + " names no block (expected: at least one, the first for requests that name none of them)");
    }
    Supplier<String> nonce = () -> SecureHeaders.nonce(c);
    byte[] body = PartialRequest.target(c)
        .map(target -> library.renderBlock(template, blocks.contains(target) ? target : blocks.getFirst(), model,
            nonce))
        .orElseGet(() -> library.render(template, model, nonce));
    return Response.bytes(200, mediaType(template), body).withAddedHeader("Vary", PartialRequest.VARY);
  }

  private static String noNonce() {
    throw new IllegalStateException("{{edge.nonce}} outside of a request (expected: c.render)");
  }

  /**
   * A hash of a template, of all it includes and of the addresses of {@code edge.asset} in them, in 16 hexadecimal digits: with the versions of the data
   * it makes an {@code ETag} without rendering. Throws {@link TemplateException} for a template that is not there.
   */
  public String version(String template) {
    return library.version(template);
  }

  /**
   * Source expressions, {@code 'sha256-...'}, of all inline scripts and style sheets without values, for {@code script-src} and
   * {@code style-src} of a Content-Security-Policy. A script with a value in it needs a nonce.
   */
  public Set<String> inlineHashes() {
    return library.inlineHashes();
  }

  /** What is compiled, for the rooms of this module. */
  Library library() {
    return library;
  }
}
