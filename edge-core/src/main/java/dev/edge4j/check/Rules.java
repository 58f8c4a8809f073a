package dev.edge4j.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** The usual rules. Lengths are in UTF-16 units, as {@link String#length()} counts. */
public final class Rules {
  private static final int MAX_EMAIL = 254;
  /** What a mail program makes: RFC 5322's dot-atom, and a host name of at least two labels; no quoted names, no addresses in brackets. */
  private static final Pattern EMAIL = Pattern.compile(
      "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
          + "@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])");

  private Rules() {}

  /** Something but white space. */
  public static Rule<String> notBlank() {
    return Rule.of(text -> !text.isBlank(), "must not be blank");
  }

  /** A text of that length, both ends included. */
  public static Rule<String> length(int least, int most) {
    checkRange(least, most);
    return Rule.of(text -> text.length() >= least && text.length() <= most, "must have " + least + " to " + most
        + " characters");
  }

  /** A list or set of that many elements, both ends included. */
  public static Rule<Collection<?>> size(int least, int most) {
    checkRange(least, most);
    return Rule.of(all -> all.size() >= least && all.size() <= most, "must have " + least + " to " + most
        + " elements");
  }

  private static void checkRange(long least, long most) {
    if (least > most) {
      throw new IllegalArgumentException("range: " + least + " to " + most + " (expected: the lower end first)");
    }
  }

  /** A number in that range, both ends included. */
  public static <T extends Comparable<? super T>> Rule<T> between(T least, T most) {
    if (least.compareTo(most) > 0) {
      throw new IllegalArgumentException("range: " + least + " to " + most + " (expected: the lower end first)");
    }
    return Rule.of(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0, "must be between " + least
        + " and " + most);
  }

  /** That much or more. */
  public static <T extends Comparable<? super T>> Rule<T> atLeast(T least) {
    return Rule.of(value -> value.compareTo(least) >= 0, "must be at least " + least);
  }

  /** That much or less. */
  public static <T extends Comparable<? super T>> Rule<T> atMost(T most) {
    return Rule.of(value -> value.compareTo(most) <= 0, "must be at most " + most);
  }

  /** Wholly of an RE2 expression, which takes linear time; {@link IllegalArgumentException} for another. */
  public static Rule<String> pattern(String regex) {
    Pattern compiled = compile(regex);
    return Rule.of(text -> compiled.matcher(text).matches(), "must match " + regex);
  }

  private static Pattern compile(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("pattern: " + regex + " (expected: an expression of RE2)", e);
    }
  }

  /** One of these. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public static <T> Rule<T> oneOf(T... values) {
    List<T> allowed = List.of(values);
    return Rule.of(allowed::contains, "must be one of " + Arrays.stream(values)
        .map(Object::toString)
        .collect(
            Collectors.joining(", ")));
  }

  /** What a mail program takes as an address; whether anybody reads there, only a mail can tell. */
  public static Rule<String> email() {
    return Rule.of(text -> text.length() <= MAX_EMAIL && text.indexOf('@') <= 64 && EMAIL.matcher(text).matches(),
        "must be an email address");
  }

  /** A UUID in its canonical form of 36 characters. */
  public static Rule<String> uuid() {
    return Rule.of(Rules::isUuid, "must be a UUID");
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** An absolute URL of http or https with a host and no user. */
  public static Rule<String> url() {
    return Rule.of(Rules::isUrl, "must be a URL of http or https");
  }

  private static boolean isUrl(String text) {
    try {
      var uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** After now, by that clock: {@code c.time()} is one. */
  public static Rule<Instant> future(InstantSource clock) {
    return Rule.of(time -> time.isAfter(clock.instant()), "must be in the future");
  }

  /** Before now, by that clock. */
  public static Rule<Instant> past(InstantSource clock) {
    return Rule.of(time -> time.isBefore(clock.instant()), "must be in the past");
  }
}
