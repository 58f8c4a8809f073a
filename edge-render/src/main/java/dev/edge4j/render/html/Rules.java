package dev.edge4j.render.html;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.middleware.secure.ContentSecurityPolicy;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What holds for all templates, and what is found out about them: the CSP hashes of inline scripts and style sheets without values.
 * Safe for use by many threads.
 */
public final class Rules {
  private final JsonCodec json;
  private final boolean inlineAttributes;
  private final Set<String> hashes = new ConcurrentSkipListSet<>();

  /**
   * Rules for a set of templates.
   *
   * @param json prints values in scripts
   * @param inlineAttributes whether {@code style=} and {@code on...=} may be used
   */
  public Rules(JsonCodec json, boolean inlineAttributes) {
    this.json = json;
    this.inlineAttributes = inlineAttributes;
  }

  JsonCodec json() {
    return json;
  }

  boolean allows(Attribute attribute) {
    return inlineAttributes || (attribute != Attribute.STYLE && attribute != Attribute.EVENT);
  }

  /** Source expressions for a policy, {@code 'sha256-...'} (CSP Level 3, section 2.3.1), in order. */
  public Set<String> hashes() {
    return Set.copyOf(hashes);
  }

  void inline(String content) {
    hashes.add(ContentSecurityPolicy.hash(content));
  }
}
