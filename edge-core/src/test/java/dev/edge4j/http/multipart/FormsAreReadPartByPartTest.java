package dev.edge4j.http.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A form comes apart where its boundary stands and nowhere else, however its bytes arrive, and what is none is refused. */
class FormsAreReadPartByPartTest {
  private static final String TYPE = "multipart/form-data; boundary=XY";

  private static Multipart form(String body) throws IOException {
    return Multipart.of(TYPE, new ByteArrayInputStream(body.getBytes(ISO_8859_1)), MultipartLimits.defaults());
  }

  private static String field(String name, String content) {
    return "--XY\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
  }

  @Test
  void fieldsAndFilesInTheirOrder() throws IOException {
    Multipart form = form("preamble\r\n" + field("title", "T")
        + "--XY \t\r\ncontent-disposition: Form-Data; filename=\"C:\\\\x\\\\a%22b.png\"; name=file"
        + "\r\nContent-Type: image/png\r\n\r\n\r\n--X\r\n--XZ\r\n--XY--\r\nepilogue");
    FormPart title = form.next().orElseThrow();
    assertEquals("title", title.name());
    assertEquals(Optional.empty(), title.filename());
    assertEquals("T", title.text());
    FormPart file = form.next().orElseThrow();
    assertEquals("file", file.name());
    assertEquals(Optional.of("a\"b.png"), file.filename());
    assertEquals("image/png", file.mediaType());
    assertEquals("\r\n--X\r\n--XZ", new String(file.stream().readAllBytes(), ISO_8859_1));
    assertEquals(-1, file.stream().read());
    assertEquals(Optional.empty(), form.next());
    assertEquals(Optional.empty(), form.next());
  }

  @Test
  void whatIsNotReadIsSkipped() throws IOException {
    Multipart form = form(field("a", "x".repeat(100_000)) + field("b", "") + field("c", "2") + "--XY--");
    assertEquals("a", form.next().orElseThrow().name());
    assertEquals("", form.next().orElseThrow().text());
    assertEquals("2", form.next().orElseThrow().text());
    assertEquals(Optional.empty(), form.next());
  }

  @Test
  void namesAreUtf8() throws IOException {
    String name = new String("größe".getBytes(UTF_8), ISO_8859_1);
    assertEquals("größe", form(field(name, "1") + "--XY--").next().orElseThrow().name());
  }

  /** Arrives in pieces of sizes that a generator chooses. */
  private static final class InPieces extends InputStream {
    private final InputStream in;
    private final Random random;

    InPieces(byte[] bytes, long seed) {
      this.in = new ByteArrayInputStream(bytes);
      this.random = new Random(seed);
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      return in.read(target, from, Math.min(length, 1 + random.nextInt(random.nextBoolean() ? 3 : 40_000)));
    }
  }

  @Property(tries = 300)
  void howeverItArrives(@ForAll long seed, @ForAll @Size(max = 5) List<@IntRange(max = 70_000) Integer> sizes)
      throws IOException {
    var random = new Random(seed);
    var contents = new ArrayList<byte[]>();
    var body = new StringBuilder();
    for (int size : sizes) {
      var content = new StringBuilder();
      while (content.length() < size) { // much of what a boundary is made of
        content.append(switch (random.nextInt(6)) {
          case 0 -> "\r\n--X";
          case 1 -> "\r\n--";
          case 2 -> "\r";
          case 3 -> "--XY";
          case 4 -> "\r\n\r\n";
          default -> "z".repeat(random.nextInt(9_000));
        });
      }
      String text = content.toString();
      while (text.contains("\r\n--XY") || text.startsWith("--XY")) { // at a line's start it would be a boundary
        text = text.replace("\r\n--XY", "").replaceFirst("^(--XY)+", "");
      }
      contents.add(text.getBytes(ISO_8859_1));
      body.append(field("f", text));
    }
    Multipart form = Multipart.of(TYPE, new InPieces((body + "--XY--\r\n").getBytes(ISO_8859_1), seed), MultipartLimits
        .defaults());
    for (byte[] content : contents) {
      assertArrayEquals(content, form.next().orElseThrow().stream().readAllBytes());
    }
    assertEquals(Optional.empty(), form.next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--XY", "--XY\r\n", "--XY--x", "--XYZ\r\n", "no boundary",
      "--XY\r\n\r\ncontent\r\n--XY--",
      "--XY\r\nContent-Type: text/plain\r\n\r\nx\r\n--XY--",
      "--XY\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XY--",
      "--XY\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XY--",
      "--XY\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--XY--",
      "--XY\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\nx\r\n--XY--",
      "--XY\r\nContent-Disposition: form-data; name=a\r\n folded\r\n\r\nx\r\n--XY--",
      "--XY\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx",
      "--XY\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
      "--XY\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--XY",
      "--XY\r\nContent-Disposition: form-data; name=\u00ff\r\n\r\nx\r\n--XY--",
      "--XY\nContent-Disposition: form-data; name=a\n\nx\n--XY--", "--XY junk\r\n"})
  void whatIsNoFormIsRefused(String body) {
    var error = assertThrows(MalformedFormException.class, () -> {
      Multipart form = form(body);
      for (var part = form.next(); part.isPresent(); part = form.next()) {
        part.get().stream().readAllBytes();
      }
    });
    assertFalse(error.isTooLarge());
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=",
      "multipart/form-data; boundary=\"a \"",
      "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\u00fc"})
  void aBoundaryIsNeeded(String type) {
    assertThrows(MalformedFormException.class, () -> Multipart.of(type, InputStream.nullInputStream(), MultipartLimits
        .defaults()));
  }

  @Test
  void everyLimitHolds() {
    MultipartLimits limits = MultipartLimits.defaults().withMaxParts(2).withMaxFieldBytes(3).withMaxFileBytes(4);
    assertTooLarge(limits, field("a", "") + field("b", "") + field("c", "") + "--XY--");
    assertTooLarge(limits, field("a", "1234") + "--XY--");
    assertTooLarge(limits, field("a\"; filename=\"f", "12345") + "--XY--");
    assertTooLarge(limits, field("a".repeat(201), "") + "--XY--");
    assertTooLarge(limits, field("a", "").replace("\r\n\r\n", "\r\nX: " + "x".repeat(9_000) + "\r\n\r\n") + "--XY--");
    assertTooLarge(limits, field("a", "") + "--XY--\r\n" + "x".repeat(9_000));
  }

  private static void assertTooLarge(MultipartLimits limits, String body) {
    var error = assertThrows(MalformedFormException.class, () -> {
      Multipart form = Multipart.of(TYPE, new ByteArrayInputStream(body.getBytes(ISO_8859_1)), limits);
      for (var part = form.next(); part.isPresent(); part = form.next()) {
        if (part.get().filename().isPresent()) {
          part.get().stream().readAllBytes();
        } else {
          part.get().text();
        }
      }
    });
    assertTrue(error.isTooLarge(), error.getMessage());
  }

  /** Browsers escape no backslash (WHATWG HTML), others do; either way it is the path before the name. */
  @ParameterizedTest
  @ValueSource(strings = {"C:\\Users\\ann\\new.txt", "C:\\\\Users\\\\ann\\\\new.txt", "\\\\server\\new.txt"})
  void aBackslashThatEscapesNothingIsOne(String filename) throws IOException {
    FormPart file = form("--XY\r\nContent-Disposition: form-data; name=file; filename=\"" + filename
        + "\"\r\n\r\n1\r\n--XY--").next().orElseThrow();
    assertEquals(Optional.of("new.txt"), file.filename());
  }
}
