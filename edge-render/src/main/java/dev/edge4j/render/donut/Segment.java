package dev.edge4j.render.donut;

/** What a page with holes consists of. Immutable. */
public sealed interface Segment {
  /**
   * What is the same for all.
   *
   * @param bytes never changed after this
   */
  record Ready(byte[] bytes) implements Segment {}

  /**
   * A hole.
   *
   * @param hole its name, by which it is filled
   * @param section the number, within its page, of the section that prints what fills it
   */
  record Gap(String hole, int section) implements Segment {}
}
