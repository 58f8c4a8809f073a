package dev.edge4j.check.jakarta;

import dev.edge4j.BadRequest;
import dev.edge4j.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;

/**
 * What records must be like by their annotations: {@code JakartaCheck.of(validator).require(c.body(NewOrder.class))}. What is wrong is answered in the same way as
 * by {@link dev.edge4j.check.Check}: problem details with status 400, and every violation with the path of its field, {@code lines[2].quantity} say.
 *
 * <p>The messages are the provider's and go to the client. Immutable, safe for use by many threads, as a {@link Validator} is; whether it blocks is up to the constraints.
 */
public final class JakartaCheck {
  private final Validator validator;

  private JakartaCheck(Validator validator) {
    this.validator = validator;
  }

  /** Asks that validator, which the application has made. */
  @SuppressWarnings("exports") // transitive, it would have to be there for everybody: who calls this requires it
  public static JakartaCheck of(Validator validator) {
    return new JakartaCheck(validator);
  }

  /**
   * All that is wrong, by path; empty if nothing is. A constraint of a type as a whole has the path of what it stands on, which is empty for the value itself. Throws
   * {@link jakarta.validation.ValidationException} for constraints that cannot be asked.
   */
  public <T> List<FieldError> errors(T value, Class<?>... groups) {
    return validator.validate(value, groups)
        .stream()
        .map(JakartaCheck::error)
        .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
        .toList();
  }

  /** The value itself if nothing is wrong with it, else {@link BadRequest} with all that is. */
  public <T> T require(T value, Class<?>... groups) {
    List<FieldError> errors = errors(value, groups);
    if (!errors.isEmpty()) {
      throw new BadRequest(errors);
    }
    return value;
  }

  private static FieldError error(ConstraintViolation<?> violation) {
    return new FieldError(path(violation.getPropertyPath()), violation.getMessage());
  }

  /** Elements of containers have names in angle brackets, which say nothing to a client; the index or key is what does. */
  private static String path(Path nodes) {
    var path = new StringBuilder();
    for (Path.Node node : nodes) {
      if (node.getIndex() != null) {
        path.append('[').append(node.getIndex()).append(']');
      } else if (node.getKey() != null) {
        path.append('[').append(node.getKey()).append(']');
      }
      if (node.getName() != null && node.getKind() != ElementKind.CONTAINER_ELEMENT) {
        path.append(path.isEmpty() ? "" : ".").append(node.getName());
      }
    }
    return path.toString();
  }
}
