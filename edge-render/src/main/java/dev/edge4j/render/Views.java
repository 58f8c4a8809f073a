package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Renderer;
import dev.edge4j.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  private final Map<String, List<Node>> templates;

  private Views(Map<String, List<Node>> templates) {
    this.templates = templates;
  }

  /**
   * The templates of a class path folder, as the class that calls this sees it. A caller in a named module opens the folder to
   * everyone ({@code opens templates;}), as Java hides the resources of a module otherwise. Throws {@link TemplateException}
   * for a template that does not compile and {@link IllegalArgumentException} for a folder without templates.
   */
  public static Views from(String classpathFolder) {
    // The caller is asked for here: one frame further down it would be this class.
    Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    ClassLoader loader = caller.getClassLoader();
    return from(loader == null ? ClassLoader.getSystemClassLoader() : loader, classpathFolder);
  }

  /** The templates of a folder as a class loader sees it, in directories and in jars; fails as {@link #from(String)} does. */
  public static Views from(ClassLoader loader, String folder) {
    return of(TemplateFolder.onClassPath(loader, folder), folder);
  }

  /** The templates of a folder on disk, read once; fails as {@link #from(String)} does. */
  public static Views from(Path folder) {
    return of(TemplateFolder.onDisk(folder), folder.toString());
  }

  private static Views of(Map<String, String> sources, String folder) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no templates in \"%s\" (expected: files *%s)"
          .formatted(folder, TemplateFolder.EXTENSION));
    }
    Views views = of(sources);
    LOG.info("compiled {} templates of {}", sources.size(), folder);
    return views;
  }

  /** Templates by name, for tests. */
  static Views of(Map<String, String> sources) {
    return new Views(Compiler.compile(sources));
  }

  @Override
  public Verdict before(Context c) {
    c.set(Renderer.KEY, this);
    return Verdict.pass();
  }

  /**
   * A page as UTF-8. Throws {@link TemplateException} for a template that is not there, a name the model does not have, and an
   * accessor of the model that throws.
   */
  @Override
  public byte[] render(String template, Object model) {
    return new Rendering(templates).render(template, model).getBytes(UTF_8);
  }
}
