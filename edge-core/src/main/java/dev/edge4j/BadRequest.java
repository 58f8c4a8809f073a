package dev.edge4j;

import java.util.List;

/** A request that is wrong in itself, as far as possible with the fields that are (RFC 9110 section 15.5.1). */
public final class BadRequest extends HttpError {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> fields;

  public BadRequest(String message) {
    super(400, message);
    this.fields = List.of();
  }

  /** One field is wrong. */
  public BadRequest(String field, String message) {
    this(List.of(new FieldError(field, message)));
  }

  /** Several fields are wrong. */
  public BadRequest(List<FieldError> fields) {
    super(400, text(fields));
    this.fields = List.copyOf(fields);
  }

  private static String text(List<FieldError> fields) {
    return String.join("; ", fields.stream().map(f -> f.field() + " " + f.message()).toList());
  }

  @Override
  public List<FieldError> fields() {
    return fields;
  }
}
