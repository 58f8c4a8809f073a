package dev.edge4j.render.dev;

import dev.edge4j.Context;
import dev.edge4j.Key;
import dev.edge4j.Renderer;
import dev.edge4j.render.TemplateException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Renders as another does, and notes for the request what was to be rendered when a template failed. A proxy, so that it has every way to render that the other has.
 */
final class NotingRenderer implements InvocationHandler {
  static final Key<Failure> FAILURE = Key.named("dev-failure");

  private final Renderer renderer;
  private final Context request;

  private NotingRenderer(Renderer renderer, Context request) {
    this.renderer = renderer;
    this.request = request;
  }

  static Renderer of(Renderer renderer, Context request) {
    return (Renderer) Proxy.newProxyInstance(Renderer.class.getClassLoader(), new Class<?>[]{Renderer.class},
        new NotingRenderer(renderer, request));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(renderer, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof TemplateException && arguments != null) {
        note(arguments);
      }
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }

  /** Its methods take the template as their first text, and the model last. */
  private void note(Object[] arguments) {
    for (Object argument : arguments) {
      if (argument instanceof String template) {
        request.set(FAILURE, new Failure(template, arguments[arguments.length - 1]));
        return;
      }
    }
  }
}
