package dev.edge4j.data.replica;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.replica.SqlTokens.Kind;
import dev.edge4j.data.replica.SqlTokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * With which column each parameter of a statement is compared. A copy keeps {@code numeric(10,2)} as whole hundredths: a parameter that
 * is compared with such a column is brought to hundredths too, and a statement that computes with it is refused with a
 * {@link StoreException}, for which a mesh asks the origin. Better no answer than one that is wrong by a factor. Pure.
 *
 * <p>The statement is not parsed: a column, an operator and a parameter stand side by side, or they are not understood.
 */
record ComparedColumns(List<Optional<ColumnType>> parameters) {
  private static final Set<String> COMPARE = Set.of("=", "==", "<>", "!=", "<", "<=", ">", ">=", "is", "isnot");
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%", "||", "then", "else", "case", "like",
      "glob");
  private static final Set<String> NO_FUNCTION = Set.of("count", "in", "and", "or", "not", "where", "on", "by",
      "select", "over", "partition",
      "having", "when", "exists", "values", "as", "from", "join", "using", "between", "distinct");
  private static final Set<String> NO_ALIAS = Set.of("from", "asc", "desc", "and", "or", "is", "in", "between", "not",
      "nulls", "order",
      "where", "group", "limit", "having", "union", "collate", "like", "then", "when", "else", "end", "on", "join",
      "left", "inner", "cross",
      "offset", "escape", "filter", "intersect", "except");

  ComparedColumns {
    parameters = List.copyOf(parameters);
  }

  /**
   * Looks through a statement.
   *
   * @param sql with {@code ?} for parameters
   * @param columns the types of the copy's columns by name in small letters; of a name that means two things, none
   */
  static ComparedColumns of(String sql, Map<String, Optional<ColumnType>> columns) {
    return new Search(sql, SqlTokens.of(sql), new HashMap<>(columns)).run();
  }

  private record Search(String sql, List<Token> tokens, Map<String, Optional<ColumnType>> columns) {
    ComparedColumns run() {
      for (int i = 0; i < tokens.size(); i++) {
        if (scaled(i).isPresent()) {
          alias(i);
        }
      }
      var parameters = new ArrayList<Optional<ColumnType>>();
      for (int i = 0; i < tokens.size(); i++) {
        Token token = tokens.get(i);
        if (token.kind() == Kind.PARAMETER) {
          parameters.add(partner(i));
        } else if (token.kind() == Kind.NUMBER && partner(i).filter(ColumnType.Scaled.class::isInstance).isPresent()) {
          throw refused("compares it with the number " + token.text() + " (expected: a parameter)", partnerName(i));
        } else if (scaled(i).isPresent()) {
          checkUse(i);
        }
      }
      return new ComparedColumns(parameters);
    }

    /** {@code price AS p} and {@code price p}: p is then kept in hundredths too. */
    private void alias(int i) {
      int at = is(i + 1, "as") ? i + 2 : i + 1;
      if (kind(at) == Kind.WORD && (at == i + 2 || !NO_ALIAS.contains(text(at)))) {
        columns.put(text(at), columns.getOrDefault(text(i), Optional.empty()));
      }
    }

    /** A column of which a comparison with other columns or a computation would go wrong. */
    private void checkUse(int i) {
      int before = begin(i) - 1;
      if ((ARITHMETIC.contains(text(before)) && !isStarOfSelect(before)) || ARITHMETIC.contains(text(i + 1))) {
        throw refused("computes with it", text(i));
      }
      int open = enclosing(i);
      if (kind(open - 1) == Kind.WORD && !NO_FUNCTION.contains(text(open - 1))) {
        throw refused("gives it to " + text(open - 1), text(i));
      }
      if (COMPARE.contains(text(i + 1)) && kind(i + 2) == Kind.WORD && !is(i + 2, "not") && !is(i + 2, "null")) {
        int other = kind(i + 3) == Kind.POINT ? i + 4 : i + 2;
        if (!columns.getOrDefault(text(other), Optional.empty())
            .equals(columns.getOrDefault(text(i), Optional.empty()))) {
          throw refused("compares it with " + text(other), text(i));
        }
      }
    }

    /** The bracket that a token stands in; -1 if it stands in none. */
    private int enclosing(int i) {
      int depth = 0;
      for (int at = i - 1; at >= 0; at--) {
        if (is(at, ")")) {
          depth++;
        } else if (is(at, "(") && depth-- == 0) {
          return at;
        }
      }
      return -1;
    }

    private boolean isStarOfSelect(int at) {
      return is(at, "*") && (is(at - 1, "select") || is(at - 1, ",") || kind(at - 1) == Kind.POINT);
    }

    private Optional<ColumnType> partner(int i) {
      String name = partnerName(i);
      if (columns.containsKey(name) && columns.get(name).isEmpty()) {
        throw refused("does not say which of several columns it means", name);
      }
      return columns.getOrDefault(name, Optional.empty());
    }

    /** The column that stands on the other side of a comparison; empty if none is seen. */
    private String partnerName(int i) {
      if (COMPARE.contains(text(i - 1)) && kind(i - 2) == Kind.WORD) {
        return text(i - 2);
      }
      if (COMPARE.contains(text(i + 1)) && kind(i + 2) == Kind.WORD) {
        return kind(i + 3) == Kind.POINT ? text(i + 4) : text(i + 2);
      }
      if (is(i - 1, "between")) {
        return beforeNot(i - 1);
      }
      if (is(i - 1, "and") && is(i - 3, "between")) {
        return beforeNot(i - 3);
      }
      int open = i;
      while (kind(open) == Kind.PARAMETER || kind(open) == Kind.NUMBER || is(open, ",")) {
        open--;
      }
      return is(open, "(") && is(open - 1, "in") ? beforeNot(open - 1) : "";
    }

    private String beforeNot(int at) {
      return is(at - 1, "not") ? text(at - 2) : text(at - 1);
    }

    private Optional<ColumnType> scaled(int i) {
      return kind(i) == Kind.WORD && kind(i + 1) != Kind.POINT ? columns.getOrDefault(text(i), Optional.empty())
          .filter(ColumnType.Scaled.class::isInstance)
          : Optional.empty();
    }

    /** Where a column begins: at its table's name if that stands before it. */
    private int begin(int i) {
      return kind(i - 1) == Kind.POINT ? i - 2 : i;
    }

    private Kind kind(int i) {
      return i >= 0 && i < tokens.size() ? tokens.get(i).kind() : Kind.OTHER;
    }

    private String text(int i) {
      return i >= 0 && i < tokens.size() ? tokens.get(i).text().toLowerCase(Locale.ROOT) : "";
    }

    private boolean is(int i, String text) {
      return text(i).equals(text);
    }

    private StoreException refused(String why, String column) {
      return new StoreException(Reason.STATEMENT, "the copy keeps column " + column
          + " as a whole number, and this statement " + why + ": "
          + sql);
    }
  }
}
