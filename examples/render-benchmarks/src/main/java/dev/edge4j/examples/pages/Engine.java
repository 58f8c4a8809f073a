package dev.edge4j.examples.pages;

import com.fizzed.rocker.runtime.ArrayOfByteArraysOutput;
import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.samskivert.mustache.Template;
import dev.edge4j.render.Views;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.jstach.jstachio.output.ByteBufferEncodedOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One engine, set up as its own documentation says is quickest for bytes in UTF-8. Safe for use by many threads. */
public enum Engine {
  EDGE4J {
    private final Views views = Views.from(Engine.class.getClassLoader(), "templates");

    @Override
    public byte[] render(ListPage page) {
      return views.render("list", page);
    }
  },
  MUSTACHE_JAVA {
    private final Mustache template = new DefaultMustacheFactory().compile("templates/list.mustache");

    @Override
    public byte[] render(ListPage page) {
      return template.execute(new StringWriter(), page).toString().getBytes(StandardCharsets.UTF_8);
    }
  },
  JMUSTACHE {
    private final Template template = com.samskivert.mustache.Mustache.compiler().compile(source());

    @Override
    public byte[] render(ListPage page) {
      return template.execute(page).getBytes(StandardCharsets.UTF_8);
    }
  },
  JSTACHIO {
    @Override
    public byte[] render(ListPage page) {
      try (var out = ByteBufferEncodedOutput.ofByteArray(StandardCharsets.UTF_8)) {
        return JstachioListRenderer.of().write(JstachioList.of(page), out).toByteArray();
      }
    }
  },
  JTE {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    @Override
    public byte[] render(ListPage page) {
      var out = new Utf8ByteOutput();
      engine.render("list.jte", page, out);
      return out.toByteArray();
    }
  },
  ROCKER {
    @Override
    public byte[] render(ListPage page) {
      return RockerList.template(page).render(ArrayOfByteArraysOutput.FACTORY).toByteArray();
    }
  };

  /** The whole page as bytes. */
  public abstract byte[] render(ListPage page);

  private static String source() {
    try (InputStream in = Engine.class.getResourceAsStream("/templates/list.mustache")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
