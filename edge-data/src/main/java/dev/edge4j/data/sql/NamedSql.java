package dev.edge4j.data.sql;

import dev.edge4j.data.MappingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A statement with {@code :name} parameters, and the same with {@code ?} in their place. Literals, quoted names, comments and
 * casts ({@code ::text}) are left alone.
 *
 * @param positional the statement with {@code ?}
 * @param names the name of each {@code ?}, in order; a name may come more than once
 */
public record NamedSql(String positional, List<String> names) {
  private static final int FEW = 8;

  public NamedSql {
    names = List.copyOf(names);
  }

  public static NamedSql parse(String sql) {
    var positional = new StringBuilder(sql.length());
    var names = new ArrayList<String>();
    int at = 0;
    while (at < sql.length()) {
      int end = SqlText.skip(sql, at);
      if (end > at) {
        positional.append(sql, at, end);
      } else if (sql.startsWith("::", at)) {
        end = at + 2;
        positional.append("::");
      } else if (sql.charAt(at) == ':' && nameEnd(sql, at + 1) > at + 1) {
        end = nameEnd(sql, at + 1);
        names.add(sql.substring(at + 1, end));
        positional.append('?');
      } else {
        end = at + 1;
        positional.append(sql.charAt(at));
      }
      at = end;
    }
    return new NamedSql(positional.toString(), names);
  }

  /** The argument of each {@code ?}; throws {@link MappingException} naming what is missing or too much. */
  public Object[] values(Map<String, ?> args) {
    var values = new Object[names.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = args.get(names.get(i));
      if (value == null) {
        throw new MappingException(":" + names.get(i) + " has no argument (given: " + new TreeSet<>(args.keySet())
            + ") in: " + positional);
      }
      values[i] = value;
    }
    Collection<String> known = names.size() > FEW ? new HashSet<>(names) : names; // a statement of many rows has thousands
    if (!known.containsAll(args.keySet())) {
      var unknown = new TreeSet<>(args.keySet());
      names.forEach(unknown::remove);
      throw new MappingException("arguments " + unknown + " have no :name (expected: " + new TreeSet<>(names)
          + ") in: " + positional);
    }
    return values;
  }

  private static int nameEnd(String sql, int from) {
    int end = from;
    while (end < sql.length() && (end == from ? Character.isJavaIdentifierStart(sql.charAt(end))
        : Character.isJavaIdentifierPart(sql.charAt(end)))) {
      end++;
    }
    return end;
  }
}
