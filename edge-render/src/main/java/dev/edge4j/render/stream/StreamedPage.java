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
import java.util.List;

/** The answer whose body is a page now and its late parts later. */
public final class StreamedPage {
  private static final byte[] END_OF_HEAD = "</head>".getBytes(US_ASCII);
  private static final byte[] END_OF_BODY = "</body>".getBytes(US_ASCII);
  private static final List<Text> TEXTS = List.of(Text.of("<!--", "-->"), Text.of("<script", "</script"), Text.of(
      "<style", "</style"), Text.of("<title", "</title"), Text.of("<noscript", "</noscript"));

  /** What has no tags in it, whatever it looks like. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Text(byte[] begin, byte[] end) {
    static Text of(String begin, String end) {
      return new Text(begin.getBytes(US_ASCII), end.getBytes(US_ASCII));
    }
  }

  private final byte[] page;
  /** Where the script goes: at the end of the head, so that it is there before the first patch. */
  private final int scriptAt;
  /** Where the patches go: at the end of the body, for a patch reaches what is in its parent. */
  private final int patchesAt;
  private final LateParts parts;

  private StreamedPage(byte[] page, LateParts parts) {
    this.page = page;
    this.parts = parts;
    int body = last(page, END_OF_BODY);
    this.patchesAt = body < 0 ? page.length : body;
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
    for (int i = 0; i < page.length; i++) {
      if (page[i] == '<') {
        if (isAt(page, END_OF_HEAD, i)) {
          return i;
        }
        int from = i;
        i = TEXTS.stream()
            .filter(text -> isAt(page, text.begin, from))
            .findFirst()
            .map(text -> first(page, text.end, from + text.begin.length))
            .orElse(from);
      }
    }
    return -1;
  }

  /** Where a tag begins, or the end of the page. */
  private static int first(byte[] page, byte[] tag, int from) {
    int i = from;
    while (i < page.length && !isAt(page, tag, i)) {
      i++;
    }
    return i;
  }

  private static int last(byte[] page, byte[] tag) {
    for (int i = page.length - tag.length; i >= 0; i--) {
      if (isAt(page, tag, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Names of elements are ASCII in any case; the angle brackets and the slash do not mind the bit that is set. */
  private static boolean isAt(byte[] page, byte[] tag, int at) {
    if (at + tag.length > page.length) {
      return false;
    }
    for (int i = 0; i < tag.length; i++) {
      if (page[at + i] != tag[i] && (page[at + i] | 0x20) != tag[i]) {
        return false;
      }
    }
    return true;
  }
}
