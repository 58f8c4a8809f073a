package dev.edge4j.examples.benchmarks.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** A page of some 4 KiB, rendered anew each time by Mustache.java. */
public final class Page {
  private static final String TEMPLATE = """
      <!doctype html>
      <title>{{title}}</title>
      <h1>{{title}}</h1>
      <ul>
      {{#products}}
      <li class="product" id="p{{id}}"><a href="/product/{{id}}">{{name}}</a> <span class="price">{{price}}</span></li>
      {{/products}}
      </ul>
      """;
  private static final Mustache MUSTACHE = new DefaultMustacheFactory().compile(new StringReader(TEMPLATE), "page");
  private static final Model MODEL = new Model("Tea & coffee", products());

  private Page() {}

  /** A line of the page; public so that the engine may read it. */
  public record Product(int id, String name, String price) {}

  /** What the page shows. */
  public record Model(String title, List<Product> products) {}

  public static byte[] render() {
    var out = new StringWriter(4_400);
    MUSTACHE.execute(out, MODEL);
    return out.toString().getBytes(UTF_8);
  }

  private static List<Product> products() {
    var products = new ArrayList<Product>();
    for (int i = 0; i < 36; i++) {
      products.add(new Product(i, "Tea <" + i + ">", "4." + (10 + i) + " EUR"));
    }
    return products;
  }
}
