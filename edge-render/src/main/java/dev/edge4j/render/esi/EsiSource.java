package dev.edge4j.render.esi;

/**
 * Fetches what an include names. It decides which sources there are: an address that it does not know is to be refused with an exception, for
 * whoever can write a tag into a page of the origin could have anything fetched otherwise. Safe for use by many threads.
 */
@FunctionalInterface
public interface EsiSource {
  /**
   * The HTML of a source, as it is named in the tag; may block, and is interrupted when nobody waits any longer. Throws if there is none: the
   * include then has its {@code alt}, or nothing, or fails the page.
   */
  String fetch(String source) throws Exception;
}
