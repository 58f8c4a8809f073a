package dev.edge4j.render.donut;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sections of the templates that a page with holes was made by. Safe for use by many threads. */
public interface Bodies {
  /** What that section, or the inverted one right behind it, prints for a value that fills its hole: UTF-8. The nonce is asked for where the section prints one. */
  byte[] render(int section, @Nullable Object value, Supplier<String> nonce);
}
