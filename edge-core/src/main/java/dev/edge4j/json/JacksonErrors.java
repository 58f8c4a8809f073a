package dev.edge4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What is wrong with JSON, in words for whoever sent it. None of them are Jackson's, whose messages name its classes, its tokens and the features that would allow
 * what was sent: they only choose between ours, and what they will say one day that is not known here is said in general.
 */
final class JacksonErrors {
  private static final Pattern CHOICES = Pattern.compile("values accepted for Enum class: \\[(.*)]");

  /** What a message of Jackson's parser holds, and what is said then; the first that fits. */
  private record Phrase(String part, String words) {}

  private static final List<Phrase> PHRASES = List.of(new Phrase("end-of-input", "it ends too early"),
      new Phrase("Document nesting depth", "it is nested too deeply"),
      new Phrase("Number value length", "the number is too long"), new Phrase("Name length", "the name is too long"),
      new Phrase("String value length", "the text is too long"), new Phrase("comment", "JSON has no comments"),
      new Phrase("hex-digit", "four hexadecimal digits are expected behind \\u"),
      new Phrase("character escape", "JSON has no such escape"),
      new Phrase("colon to separate", "a colon is expected between name and value"),
      new Phrase("to start property name", "a name in double quotes is expected"),
      new Phrase("comma to separate", "a comma is expected, or the end of the object or list"),
      new Phrase("unquoted character", "a control character in text has to be escaped"),
      new Phrase("Illegal character", "only spaces, tabs and line breaks may stand between values"),
      new Phrase("umeric value", "JSON has no such number"), new Phrase("Non-standard token",
          "JSON has no such number"),
      new Phrase("hexadecimal number", "JSON has no such number"),
      new Phrase("close marker", "this bracket does not close what is open"), new Phrase("UTF-8", "it is not UTF-8"),
      new Phrase("separating root", "there is more behind the value"),
      new Phrase("expected a value", "a value is expected"), new Phrase("expected a valid value",
          "a value is expected; text stands in double quotes"), new Phrase("Unrecognized token",
              "a value is expected; text stands in double quotes"));

  private final JacksonException error;
  private final byte[] json;

  private JacksonErrors(JacksonException error, byte[] json) {
    this.error = error;
    this.json = json;
  }

  /** What is to be thrown in place of that error, about that JSON. */
  static JsonException of(JacksonException error, byte[] json) {
    var about = new JacksonErrors(error, json);
    boolean malformed = error instanceof StreamConstraintsException || (error instanceof StreamReadException
        && !(error instanceof InputCoercionException));
    return malformed ? new JsonException("", about.malformed(), error)
        : new JsonException(about.field(), about.mismatch(), error);
  }

  private String malformed() {
    String words = PHRASES.stream()
        .filter(phrase -> message().contains(phrase.part()))
        .findFirst()
        .map(Phrase::words)
        .orElse(error instanceof StreamConstraintsException ? "it is too large" : "it is malformed");
    return place().map(place -> place + ": ").orElse("") + words;
  }

  private String message() {
    return String.valueOf(error.getOriginalMessage());
  }

  /** Jackson counts bytes, people characters. */
  private Optional<String> place() {
    TokenStreamLocation at = error.getLocation();
    if (at == null || at.getLineNr() < 1) {
      return Optional.empty();
    }
    int before = Math.max(0, at.getColumnNr() - 1);
    int begin = (int) at.getByteOffset() - before;
    boolean known = begin >= 0 && begin + before <= json.length; // another encoding has no offsets
    String line = known ? new String(json, begin, before, UTF_8) : "";
    int column = known ? line.codePointCount(0, line.length()) : before;
    return Optional.of("line " + at.getLineNr() + ", column " + (column + 1));
  }

  private String field() {
    var path = new StringBuilder();
    for (JacksonException.Reference reference : error.getPath()) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      }
    }
    return path.toString();
  }

  /** Readable behind the name of the field. */
  private String mismatch() {
    return switch (error) {
      case UnrecognizedPropertyException _ -> "is not a known field";
      case InvalidNullException _ -> "must not be null";
      case MismatchedInputException _ when message().startsWith("Missing required") -> "is missing";
      case MismatchedInputException _ when message().startsWith("Trailing token") -> "there is more behind the value";
      case MismatchedInputException _ when message().startsWith("No content") -> "nothing (expected: a value)";
      case MismatchedInputException e when message().contains("Map key") -> "has a name in it that is not "
          + expected(e.getTargetType());
      case MismatchedInputException e -> mismatch(expected(e.getTargetType()), found());
      case InputCoercionException e -> mismatch(expected(e.getTargetType()) + Expected.range(e.getTargetType()), "");
      default -> "does not fit";
    };
  }

  private String mismatch(String expected, String found) {
    boolean said = found.isEmpty() || !Expected.excludes(expected, found);
    if (error.getPath().isEmpty()) {
      return (found.isEmpty() ? "another value" : found) + " (expected: " + expected + ")";
    }
    return "must be " + expected + (said ? "" : ", not " + found);
  }

  private String expected(@Nullable Class<?> type) {
    Matcher choices = CHOICES.matcher(message());
    return choices.find() ? "one of " + choices.group(1) : Expected.of(type);
  }

  /** What stands there, told by the character that it begins with. */
  private String found() {
    TokenStreamLocation at = error.getLocation();
    long offset = at == null ? -1 : at.getByteOffset();
    return offset < 0 || offset >= json.length ? "" : switch (json[(int) offset]) {
      case '{' -> "an object";
      case '[' -> "a list";
      case '"' -> "text";
      case 't' -> "true";
      case 'f' -> "false";
      case 'n' -> "null";
      default -> "a number";
    };
  }
}
