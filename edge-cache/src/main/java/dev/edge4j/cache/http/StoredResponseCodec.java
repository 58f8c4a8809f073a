package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stored responses as bytes: a format number, the status, times in milliseconds, then texts and the body by their lengths. */
final class StoredResponseCodec {
  private static final int FORMAT = 2;

  private StoredResponseCodec() {}

  static byte[] encode(StoredResponse stored) {
    var bytes = new ByteArrayOutputStream(stored.body().length + 512);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeShort(stored.status());
      writeFreshness(out, stored.freshness());
      writeTexts(out, stored.vary());
      writeText(out, stored.variant());
      writeTexts(out, stored.tags());
      writeTexts(out, stored.groups());
      List<String> fields = new ArrayList<>();
      stored.headers().forEach((name, value) -> {
        fields.add(name);
        fields.add(value);
      });
      writeTexts(out, fields);
      out.writeInt(stored.body().length);
      out.write(stored.body());
    } catch (IOException e) {
      throw new UncheckedIOException("a write to memory", e);
    }
    return bytes.toByteArray();
  }

  static Optional<StoredResponse> decode(byte[] bytes) {
    try {
      var in = new DataInputStream(new ByteArrayInputStream(bytes));
      if (in.readByte() != FORMAT) {
        return Optional.empty();
      }
      int status = in.readUnsignedShort();
      Freshness freshness = readFreshness(in);
      List<String> vary = readTexts(in);
      String variant = readText(in);
      Set<String> tags = new LinkedHashSet<>(readTexts(in));
      Set<String> groups = new LinkedHashSet<>(readTexts(in));
      Headers headers = Headers.of(readTexts(in).toArray(new String[0]));
      byte[] body = readBytes(in);
      var head = new Storing.Store(status, headers, freshness, vary, variant, tags, groups);
      return in.available() == 0 ? Optional.of(head.with(body)) : Optional.empty();
    } catch (IOException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static void writeFreshness(DataOutputStream out, Freshness freshness) throws IOException {
    out.writeLong(freshness.receivedAt().toEpochMilli());
    out.writeLong(freshness.initialAge().toMillis());
    out.writeLong(freshness.freshFor().toMillis());
    out.writeLong(freshness.whileRevalidate().toMillis());
    out.writeLong(freshness.ifError().toMillis());
    out.writeLong(freshness.keep().toMillis());
    out.writeBoolean(freshness.validated());
    out.writeBoolean(freshness.strict());
    out.writeBoolean(freshness.shareable());
  }

  private static Freshness readFreshness(DataInputStream in) throws IOException {
    return new Freshness(Instant.ofEpochMilli(in.readLong()), readDuration(in), readDuration(in), readDuration(in),
        readDuration(in), readDuration(in), in.readBoolean(), in.readBoolean(), in.readBoolean());
  }

  private static Duration readDuration(DataInputStream in) throws IOException {
    return Duration.ofMillis(in.readLong());
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(readText(in));
    }
    return texts;
  }

  private static void writeTexts(DataOutputStream out, Collection<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeText(out, text);
    }
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("damaged: " + length + " bytes (expected: at most " + in.available() + ")");
    }
    return in.readNBytes(length);
  }
}
