package dev.edge4j.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Jackson 3, strict. Its buffers come from one shared pool: the default, a pool per thread, is of no use on virtual threads
 * and costs a third of the throughput there.
 */
final class JacksonCodec implements JsonCodec {
  static final JacksonCodec INSTANCE = new JacksonCodec();

  private static final Pattern CLASS_NAME = Pattern.compile(
      "(?:[a-z][a-z0-9]*\\.)+(?:[A-Z][A-Za-z0-9]*\\$)*([A-Z][A-Za-z0-9]*)");
  private static final Pattern HINT = Pattern.compile(" \\((?:but|class|index|for|set|through|although|from)\\b.*");

  private final JsonMapper mapper = JsonMapper
      .builder(JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build())
      .annotationIntrospector(new RequiredComponents())
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
      .build();

  @Override
  public byte[] write(Object value) {
    return mapper.writeValueAsBytes(value);
  }

  @Override
  public Object readAs(byte[] json, Type type) {
    Object value;
    try {
      value = mapper.readValue(json, mapper.constructType(type));
    } catch (JacksonException e) {
      throw new JsonException(field(e), message(e), e);
    }
    if (value == null) {
      throw new JsonException("", "null (expected: a value)", new NullPointerException());
    }
    return value;
  }

  private static String field(JacksonException e) {
    var path = new StringBuilder();
    List<JacksonException.Reference> references = e.getPath();
    for (JacksonException.Reference reference : references) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      }
    }
    return path.toString();
  }

  /** Readable behind the name of the field. */
  private static String message(JacksonException e) {
    String text = e.getOriginalMessage();
    return switch (e) {
      case UnrecognizedPropertyException _ -> "is not a known field";
      case InvalidNullException _ -> "must not be null";
      case MismatchedInputException _ when text.startsWith("Missing required") -> "is missing";
      case MismatchedInputException _ when text.startsWith("Trailing token") -> "there is more behind the value";
      default -> (e.getPath().isEmpty() ? "" : "does not fit: ") + withoutHints(text);
    };
  }

  /** The first line, without class names, hints at settings and source excerpts: they are no business of a client. */
  private static String withoutHints(String text) {
    int end = text.indexOf('\n');
    String line = CLASS_NAME.matcher(end < 0 ? text : text.substring(0, end)).replaceAll("$1");
    return HINT.matcher(line).replaceAll("").replace("`", "");
  }

  /** A record component is required unless it is an {@link Optional} or {@link Nullable}. */
  private static final class RequiredComponents extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      return isComponent(member) ? Boolean.valueOf(isRequired((AnnotatedParameter) member))
          : super.hasRequiredMarker(config, member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
      return isComponent(member) && isRequired((AnnotatedParameter) member) ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
          : super.findSetterInfo(config, member);
    }

    private static boolean isComponent(Annotated member) {
      return member instanceof AnnotatedParameter parameter && parameter.getDeclaringClass().isRecord()
          && parameter.getOwner().getMember() instanceof Constructor<?>;
    }

    private static boolean isRequired(AnnotatedParameter component) {
      var constructor = (Constructor<?>) component.getOwner().getMember();
      AnnotatedType type = constructor.getAnnotatedParameterTypes()[component.getIndex()];
      return !type.isAnnotationPresent(Nullable.class) && component.getRawType() != Optional.class;
    }
  }
}
