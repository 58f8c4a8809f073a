package dev.edge4j;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Our own sources, compiled anew with something changed, and loaded beside the classes that the tests themselves see. */
final class MutantSources {
  private static final Path MAIN = Path.of(System.getProperty("edge4j.house", ".."), "edge-core/src/main/java");
  private static final String CLASS_PATH = System.getProperty("surefire.test.class.path", System.getProperty(
      "java.class.path"));

  private MutantSources() {}

  /** The text of a source, by its path below {@code dev/edge4j} and without {@code .java}. */
  static String text(String source) throws IOException {
    return Files.readString(MAIN.resolve("dev/edge4j/" + source + ".java"));
  }

  /** Loads all of dev.edge4j again, with that source changed to that text. */
  static ClassLoader changed(String source, String text) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var problems = new DiagnosticCollector<JavaFileObject>();
    try (var files = new InMemory(compiler.getStandardFileManager(problems, null, null))) {
      List<String> options = List.of("-proc:none", "-implicit:none", "-nowarn", "-classpath", CLASS_PATH);
      boolean compiled = compiler.getTask(null, files, problems, options, null, List.of(new Source(source, text)))
          .call();
      if (!compiled) {
        throw new IllegalStateException(source + " does not compile with this change: " + problems.getDiagnostics());
      }
      return new Loader(files.classes);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String source, String text) {
      super(URI.create("string:///dev/edge4j/" + source + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind,
        FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
        }
      };
    }
  }

  /** Takes our own classes before those of its parent. */
  private static final class Loader extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> changed;

    Loader(Map<String, ByteArrayOutputStream> changed) {
      super(MutantSources.class.getClassLoader());
      this.changed = changed;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.edge4j.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      ByteArrayOutputStream own = changed.get(name);
      byte[] bytes = own != null ? own.toByteArray() : asBuilt(name);
      return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] asBuilt(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
