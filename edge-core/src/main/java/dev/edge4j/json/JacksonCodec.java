package dev.edge4j.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.MapperConfig;
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
      throw JacksonErrors.of(e, json);
    }
    if (value == null) {
      throw new JsonException("", "null (expected: a value)", new NullPointerException());
    }
    return value;
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
