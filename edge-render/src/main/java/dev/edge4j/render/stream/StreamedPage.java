package dev.edge4j.render.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edge4j.Context;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.render.output.Output;
import dev.edge4j.render.program.Library;
import dev.edge4j.render.script.Script;
import java.io.IOException;
import java.io.OutputStream;

/** The answer whose body is a page now and its late parts later. */
public final class StreamedPage {
  private final byte[] page;
  /** Where the script goes: at the end of the head, so that it is there before the first patch. */
  private final int scriptAt;
  /** Where the patches go: at the end of the body, for a patch reaches what is in its parent. */
  private final int patchesAt;
  private final LateParts parts;

  private StreamedPage(byte[] page, LateParts parts) {
    this.page = page;
    this.parts = parts;
    this.patchesAt = endOfBody(page);
    int head = endOfHead(page);
    this.scriptAt = head < 0 || head > patchesAt ? patchesAt : head;
  }

  /**
   * Renders a page and answers with it: whole if nothing of it is late. Throws what rendering throws; nothing has left by then, and late work
   * is interrupted.
   */
  public static Response answer(Context c, int status, String mediaType, Library library, String template,
      Object model) {
    var parts = new LateParts();
    var page = new Output();
    var nonce = new PageNonce(c);
    try {
      library.render(template, model, nonce, parts, page);
      nonce.leave();
    } catch (RuntimeException | Error e) {
      parts.cancel();
      throw e;
    }
    return answer(c, status, mediaType, page.toBytes(), parts);
  }

  private static Response answer(Context c, int status, String mediaType, byte[] page, LateParts parts) {
    if (parts.isEmpty()) {
      return Response.bytes(status, mediaType, page);
    }
    if (c.method().equals(Method.HEAD)) {
      parts.cancel(); // nobody will write it
    } else {
      c.whenCancelled(parts::cancel);
    }
    var streamed = new StreamedPage(page, parts);
    return new Response(status, Headers.of("Content-Type", mediaType), new Body.Stream(streamed::writeTo))
        .withHeader("X-Accel-Buffering", "no"); // nginx would keep it until its end
  }

  private void writeTo(OutputStream out) throws IOException {
    try {
      out.write(page, 0, scriptAt);
      out.write(Script.LATE.element().getBytes(US_ASCII));
      out.write(page, scriptAt, patchesAt - scriptAt);
      out.flush();
    } catch (IOException e) {
      parts.cancel();
      throw e;
    }
    parts.writeTo(out);
    out.write(page, patchesAt, page.length - patchesAt);
  }

  /** The first end tag of a head that is one: not text in a comment, a script or a style sheet. */
  private static int endOfHead(byte[] page) {
    var tags = new Tags(page, 0, page.length);
    while (tags.next()) {
      if (tags.isEndOf("head")) {
        return tags.begin();
      }
    }
    return -1;
  }

  /** The end tag of the body behind which nothing stands that a visitor sees, or the end of the page. */
  private static int endOfBody(byte[] page) {
    var tags = new Tags(page, 0, page.length);
    int body = -1;
    while (tags.next()) {
      if (tags.isEndOf("body")) {
        body = tags.begin();
      } else if (!tags.isEndOf("html") || tags.followsText()) {
        body = -1;
      }
    }
    return body < 0 || tags.followsText() ? page.length : body;
  }
}
