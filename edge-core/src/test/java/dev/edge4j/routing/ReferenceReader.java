package dev.edge4j.routing;

import dev.edge4j.routing.ReferencePattern.Param;
import dev.edge4j.routing.ReferencePattern.Piece;
import dev.edge4j.routing.ReferencePattern.Refused;
import dev.edge4j.routing.ReferencePattern.Rest;
import dev.edge4j.routing.ReferencePattern.Star;
import dev.edge4j.routing.ReferencePattern.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Cuts a pattern into segments and pieces, sign by sign, and refuses what docs/decisions/0012 refuses. */
final class ReferenceReader {
  private static final String WORD = "[\\p{L}\\p{Nd}_]";
  private static final String NAME = "([\\p{L}_]" + WORD + "*(?:-" + WORD + "+)*)";
  private static final Pattern ESCAPE = Pattern.compile("\\\\([:*{}?\\-\\\\])");
  private static final Pattern PARAM = Pattern.compile(":" + NAME);
  private static final Pattern COLON = Pattern.compile(":");
  private static final Pattern COLON_AND_BRACE = Pattern.compile(":\\{");
  private static final Pattern REST = Pattern.compile("\\*" + NAME + "\\z");
  private static final Pattern STAR = Pattern.compile("\\*");
  private static final Pattern SLASH = Pattern.compile("/");
  private static final Pattern BRACE = Pattern.compile("\\{");
  private static final Pattern MARK = Pattern.compile("\\?");
  private static final Pattern SIGN = Pattern.compile("(?s)(.)");

  private final String pattern;
  private final List<List<Piece>> segments = new ArrayList<>();
  private List<Piece> segment = new ArrayList<>();
  private String left;
  private Matcher seen = SIGN.matcher("");

  ReferenceReader(String pattern) {
    this.pattern = pattern;
    this.left = pattern;
  }

  /** The segments; the first is empty where the pattern begins with a slash. Throws {@link Refused}. */
  List<List<Piece>> segments() {
    refuseIf(pattern.isEmpty(), "empty");
    segments.add(segment);
    while (!left.isEmpty()) {
      readPiece();
    }
    for (int i = 0; i < segments.size(); i++) {
      check(i);
    }
    Set<String> names = new HashSet<>();
    segments.stream().flatMap(List::stream).forEach(piece -> {
      refuseIf(piece instanceof Param param && !names.add(param.name()), "two parameters of one name");
      refuseIf(piece instanceof Rest(Optional<String> name) && name.isPresent() && !names.add(name.get()),
          "two parameters of one name");
    });
    return segments;
  }

  private void readPiece() {
    if (reads(ESCAPE)) {
      text(seen.group(1));
    } else if (reads(PARAM)) {
      String name = seen.group(1);
      Optional<Pattern> expression = BRACE.matcher(left).lookingAt() ? Optional.of(expression()) : Optional.empty();
      segment.add(new Param(name, expression, reads(MARK)));
    } else if (COLON.matcher(left).lookingAt()) {
      refuseIf(segment.isEmpty() || COLON_AND_BRACE.matcher(left).lookingAt(), "a colon that names nothing");
      var _ = reads(SIGN);
      text(":");
    } else if (segment.isEmpty() && reads(REST)) {
      segment.add(new Rest(Optional.of(seen.group(1))));
    } else if (segment.isEmpty() && left.equals("*") && reads(STAR)) {
      segment.add(new Rest(Optional.empty()));
    } else if (reads(STAR)) {
      segment.add(new Star());
    } else if (reads(SLASH)) {
      segment = new ArrayList<>();
      segments.add(segment);
    } else if (reads(SIGN)) {
      text(seen.group(1));
    }
  }

  private boolean reads(Pattern what) {
    seen = what.matcher(left);
    if (!seen.lookingAt()) {
      return false;
    }
    left = left.substring(seen.end());
    return true;
  }

  private void text(String sign) {
    if (!segment.isEmpty() && segment.getLast() instanceof Text(String before)) {
      segment.set(segment.size() - 1, new Text(before + sign));
    } else {
      segment.add(new Text(sign));
    }
  }

  private Pattern expression() {
    int end = closing(left);
    refuseIf(end < 0, "a brace that is not closed");
    String expression = left.substring(1, end);
    left = left.substring(end + 1);
    refuseIf(expression.isEmpty(), "an empty expression");
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new Refused("an expression that cannot be compiled: " + e.getMessage());
    }
  }

  /** The brace that closes the first one: braces after a backslash or in square brackets are ordinary signs. */
  static int closing(String text) {
    var ordinary = Pattern.compile("(?s)\\\\.|\\[\\^?]?([^\\]\\\\]|\\\\.)*]");
    String blanked = ordinary.matcher(text).replaceAll(found -> "_".repeat(found.group().length()));
    int open = 0;
    for (int i = 0; i < blanked.length(); i++) {
      open += blanked.charAt(i) == '{' ? 1 : blanked.charAt(i) == '}' ? -1 : 0;
      if (open == 0) {
        return i;
      }
    }
    return -1;
  }

  private void check(int at) {
    List<Piece> pieces = segments.get(at);
    boolean last = at == segments.size() - 1;
    if (pieces.contains(new Star()) && pieces.size() > 1) {
      boolean prefix = last && pieces.size() == 2 && pieces.getFirst() instanceof Text;
      refuseIf(!prefix, "a star beside text that is not the last sign");
    }
    for (int i = 1; i < pieces.size(); i++) {
      refuseIf(pieces.get(i) instanceof Param && pieces.get(i - 1) instanceof Param, "parameters without text between");
    }
    List<Param> params = pieces.stream().filter(Param.class::isInstance).map(Param.class::cast).toList();
    refuseIf(params.size() > 1 && params.stream().anyMatch(param -> param.expression().isPresent()),
        "an expression beside another parameter");
    if (ReferencePattern.isOptional(pieces)) {
      refuseIf(pieces.size() > 1, "an optional parameter that shares its segment");
      refuseIf(!last && !ReferencePattern.isOptional(segments.get(at + 1)), "an optional parameter in the middle");
    }
  }

  private static void refuseIf(boolean wrong, String why) {
    if (wrong) {
      throw new Refused(why);
    }
  }
}
