package dev.edge4j.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468): what it is, such as {@code CERTIFICATE}, and its bytes.
 *
 * @param label what stands after {@code BEGIN}
 * @param bytes the decoded content
 */
record Pem(String label, byte[] bytes) {
  private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,60})-----([^-]*+)-----END \\1-----");
  private static final int LINE = 64;

  /** All blocks of a text; what is between them is explanation. Throws {@link IllegalArgumentException} if a block is not base64. */
  static List<Pem> parse(String text) {
    List<Pem> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      String content = matcher.group(2).replaceAll("\\s", "");
      blocks.add(new Pem(matcher.group(1), Base64.getDecoder().decode(content)));
    }
    return blocks;
  }

  /** The block as text, with a line end behind it. */
  String encode() {
    String base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(US_ASCII)).encodeToString(bytes);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
