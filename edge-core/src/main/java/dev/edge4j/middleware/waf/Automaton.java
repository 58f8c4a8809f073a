package dev.edge4j.middleware.waf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * Finds all of many literals in one pass: a text is read once, a table look-up a character, whatever it holds. Upper and lower case of ASCII
 * are one. Immutable.
 *
 * <p>Source: Aho and Corasick, "Efficient string matching: an aid to bibliographic search" (1975), with the failure links folded into the table.
 */
final class Automaton {
  /** Set in a state in which literals end, so that the others need no second look. */
  static final int END = 0x8000;

  private static final int STATE = END - 1;
  private static final int ASCII = 128;
  private static final int[] NONE = {};

  /** Column of a character in the table; 0 for all that no literal holds. */
  private final byte[] columns;
  private final int width;
  private final char[] next;
  private final int[][] ends;

  private Automaton(byte[] columns, int width, char[] next, int[][] ends) {
    this.columns = columns;
    this.width = width;
    this.next = next;
    this.ends = ends;
  }

  /** Of literals in lower-case ASCII; they are named by their index. */
  static Automaton of(List<String> literals) {
    var columns = new byte[ASCII];
    int width = columns(literals, columns);
    var trie = new Trie(width);
    for (int i = 0; i < literals.size(); i++) {
      trie.add(literals.get(i), columns, i);
    }
    trie.link();
    return new Automaton(columns, width, trie.table(), trie.ends());
  }

  private static int columns(List<String> literals, byte[] columns) {
    int width = 1;
    for (String literal : literals) {
      for (int i = 0; i < literal.length(); i++) {
        char c = literal.charAt(i);
        if (columns[c] == 0) {
          columns[c] = (byte) width;
          columns[Character.toUpperCase(c)] = (byte) width;
          width++;
        }
      }
    }
    return width;
  }

  /** What follows that state, 0 at first, behind that character: a state, with the bit {@link #END} set if literals end there. */
  int next(int state, char c) {
    return next[(state & STATE) * width + (c < ASCII ? columns[c] : 0)];
  }

  /** The literals that end in that state. */
  int[] ends(int state) {
    return ends[state & STATE];
  }

  private static final class Trie {
    private final int width;
    private final List<int[]> moves = new ArrayList<>();
    private final List<List<Integer>> ends = new ArrayList<>();

    Trie(int width) {
      this.width = width;
      node();
    }

    private int node() {
      var row = new int[width];
      Arrays.fill(row, -1);
      moves.add(row);
      ends.add(new ArrayList<>());
      return moves.size() - 1;
    }

    void add(String literal, byte[] columns, int name) {
      int state = 0;
      for (int i = 0; i < literal.length(); i++) {
        int column = columns[literal.charAt(i)];
        if (moves.get(state)[column] < 0) {
          moves.get(state)[column] = node();
        }
        state = moves.get(state)[column];
      }
      ends.get(state).add(name);
    }

    /** Breadth first, so that what a state falls back to is complete before it. */
    void link() {
      var back = new int[moves.size()];
      Queue<Integer> open = new ArrayDeque<>(List.of(0));
      while (!open.isEmpty()) {
        int state = open.remove();
        int[] row = moves.get(state);
        for (int column = 0; column < width; column++) {
          int fallback = state == 0 ? 0 : moves.get(back[state])[column];
          if (row[column] < 0) {
            row[column] = fallback;
          } else {
            back[row[column]] = fallback;
            ends.get(row[column]).addAll(ends.get(fallback));
            open.add(row[column]);
          }
        }
      }
    }

    char[] table() {
      if (moves.size() > STATE) {
        throw new IllegalArgumentException("rules: literals of " + moves.size() + " states (expected: at most " + STATE
            + ")");
      }
      var table = new char[moves.size() * width];
      for (int state = 0; state < moves.size(); state++) {
        for (int column = 0; column < width; column++) {
          int to = moves.get(state)[column];
          table[state * width + column] = (char) (ends.get(to).isEmpty() ? to : to | END);
        }
      }
      return table;
    }

    int[][] ends() {
      return ends.stream()
          .map(names -> names.isEmpty() ? NONE : names.stream().mapToInt(Integer::intValue).toArray())
          .toArray(int[][]::new);
    }
  }
}
