package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.http.Body;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import java.util.List;

/**
 * Answers 304, 412, 206 or 416 to a GET or HEAD where its conditions and ranges say so ({@link Context#conditional}), by the validators of the
 * response. A 200 whose body is there and that has none gets a strong {@code ETag} made from its bytes. The handler runs all the same: what
 * is saved is the way to the client. Who knows a version without making the body sets the tag itself, or asks first.
 *
 * <p>A body that is a stream gets no tag, and keeps its own; so does what may not be stored ({@code no-store}). Around it {@link
 * dev.edge4j.middleware.compression.Compression} makes the tag weak.
 */
public final class ConditionalGet implements Middleware {
  private static final ConditionalGet INSTANCE = new ConditionalGet();

  private ConditionalGet() {}

  public static ConditionalGet create() {
    return INSTANCE;
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Response response = next.proceed();
    if (!c.method().equals(Method.GET) && !c.method().equals(Method.HEAD)) {
      return response;
    }
    boolean stored = response.headers().list("Cache-Control").stream().noneMatch("no-store"::equalsIgnoreCase);
    boolean tagged = response.headers().contains("ETag") || response.headers().contains("Last-Modified");
    if (tagged || response.status() != 200 || !stored) {
      return tagged ? c.conditional(response) : response;
    }
    return switch (response.body()) {
      case Body.Bytes(byte[] bytes) -> c.conditional(tagged(response, EntityTag.of(bytes)));
      case Body.Segments(List<byte[]> segments) -> c.conditional(tagged(response, EntityTag.of(segments)));
      case Body.Empty _,Body.File _,Body.Stream _,Body.Upgrade _ -> response;
    };
  }

  private static Response tagged(Response response, EntityTag tag) {
    return response.withHeader("ETag", tag.toString());
  }
}
