package dev.edge4j.data;

import java.util.List;

/** A store that finds rows by the words in them. Safe for use by many threads; calls block. */
public interface Search {
  /** Makes what the search needs, once, and keeps it up to date from then on. Throws {@link StoreException} if it cannot. */
  void prepare(SearchIndex index);

  /**
   * The rows that contain every word, the best first and equal ones by their key. The last word may be the beginning of one. Case
   * and accents do not count. Whatever {@code words} holds is text and never an operator; without a word in it nothing is found.
   *
   * @param type what a row of the table becomes; see {@link Queries}
   * @param limit at most so many rows, 1 to 1,000
   * @param offset so many rows are left out first
   */
  <T> List<T> search(SearchIndex index, Class<T> type, String words, int limit, int offset);
}
