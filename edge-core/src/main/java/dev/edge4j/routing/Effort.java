package dev.edge4j.routing;

import dev.edge4j.http.BadRequestException;

/**
 * What an expression and those behind it may cost in one lookup. Each is matched in linear time, but a path of many slashes offers many
 * values to many expressions, so their number is bounded as well. A route beside it has a bound of its own: what one pattern means does
 * not depend on another. Confined to one lookup.
 */
final class Effort {
  /** Far above what a path that means well asks for: forty segments and four expressions need some thousands. */
  private static final int MAX_CHARACTERS = 200_000;

  private long left = MAX_CHARACTERS;

  /** Counts one value of that length, by what it costs to match it; true, or {@link BadRequestException} once too much was read. */
  boolean allows(Expression expression, int characters) {
    left -= (characters + 1L) * expression.weight();
    if (left < 0) {
      throw new BadRequestException(
          "path: too long, or too many slashes, to be matched with the expressions of a route");
    }
    return true;
  }
}
