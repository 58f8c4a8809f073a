package dev.edge4j.examples.shop;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Keeps cookies from one request to the next, as a browser does. Follows no redirect by itself. */
final class Browser {
  private final Supplier<App> app;
  private final Map<String, String> cookies = new ConcurrentHashMap<>();
  private Headers extra = Headers.empty();

  Browser(App app) {
    this(() -> app);
  }

  /** One that outlives a restart of what it visits. */
  Browser(Supplier<App> app) {
    this.app = app;
  }

  /** Sends this field with every request from now on. */
  Browser with(String name, String value) {
    extra = extra.with(name, value);
    return this;
  }

  Browser withCookie(String name, String value) {
    cookies.put(name, value);
    return this;
  }

  String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  Response get(String target) {
    return send(Request.get(target));
  }

  Response post(String target, String form) {
    return send(Request.post(target).withForm(form));
  }

  Response postJson(String target, String json) {
    return send(Request.post(target).withJson(json));
  }

  /** An order under that key. */
  Response order(String key, String json) {
    return send(Request.post("/api/orders").withJson(json).withHeader("Idempotency-Key", key));
  }

  /** JSON to that route, with that key. */
  Response order(String key, String target, String json) {
    return send(Request.post(target).withJson(json).withHeader("Idempotency-Key", key));
  }

  /** Adds to the cart and says what is in it then. */
  Response add(long product, int quantity) {
    return postJson("/api/cart/add", "{\"productId\":" + product + ",\"quantity\":" + quantity + "}");
  }

  /** Asks until the answer is another than "try again" (503), which a shop may give whose machine is busy. */
  static Response patiently(Supplier<Response> asking) {
    Response response = asking.get();
    while (response.status() == 503) {
      response = asking.get();
    }
    return response;
  }

  private Response send(Request request) {
    var headers = request.headers().toBuilder();
    extra.forEach(headers::set);
    if (!cookies.isEmpty()) {
      headers.set("Cookie", cookies.entrySet()
          .stream()
          .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
          .collect(Collectors.joining("; ")));
    }
    Response response = whole(app.get().request(request.withHeaders(headers.build())));
    response.headers().all("Set-Cookie").forEach(this::keep);
    return response;
  }

  /** The response with all of its body, as it is when the last of it has come. */
  static Response whole(Response response) {
    if (!(response.body() instanceof Body.Stream stream)) {
      return response;
    }
    var bytes = new ByteArrayOutputStream();
    try {
      stream.writer().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return response.withBody(new Body.Bytes(bytes.toByteArray()));
  }

  private void keep(String line) {
    String pair = line.substring(0, line.indexOf(';'));
    String name = pair.substring(0, pair.indexOf('='));
    if (line.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(name.length() + 1));
    }
  }
}
