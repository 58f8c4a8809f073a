package dev.edge4j.server.http1;

/**
 * The line before a chunk's data (RFC 9112 section 7.1): a size in hexadecimal, and extensions, which mean nothing to us but must be
 * well formed, or another reader could see the end of the line elsewhere.
 */
final class ChunkLine {
  static final int MAX_SIZE_DIGITS = 8;
  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

  private final byte[] line;
  private int at;

  private ChunkLine(byte[] line) {
    this.line = line;
  }

  /** The size that a line without its end tells; 0 for the last chunk. */
  static long size(byte[] line) throws MalformedException {
    var reader = new ChunkLine(line);
    long size = reader.readSize();
    while (reader.at < line.length) {
      reader.readExtension();
    }
    return size;
  }

  private long readSize() throws MalformedException {
    long size = 0;
    while (at < line.length && hexDigit(line[at]) >= 0) {
      size = size << 4 | hexDigit(line[at++]);
    }
    if (at == 0 || at > MAX_SIZE_DIGITS) {
      throw new MalformedException("a chunk's size is not 1 to " + MAX_SIZE_DIGITS + " hexadecimal digits");
    }
    return size;
  }

  /** {@code ; name}, {@code ; name = token} or {@code ; name = "quoted"}; the spaces are bad but legal (section 7.1.1). */
  private void readExtension() throws MalformedException {
    skipBlanks();
    expect(';');
    skipBlanks();
    readToken();
    int afterName = at;
    skipBlanks();
    if (at == line.length || line[at] != '=') {
      at = afterName;
      return;
    }
    at++;
    skipBlanks();
    if (at < line.length && line[at] == '"') {
      readQuoted();
    } else {
      readToken();
    }
  }

  private void readToken() throws MalformedException {
    int start = at;
    while (at < line.length && isToken(line[at])) {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
  }

  /** RFC 9110 section 5.6.4. */
  private void readQuoted() throws MalformedException {
    expect('"');
    while (at < line.length && line[at] != '"') {
      if (line[at] == '\\') {
        at++;
      }
      if (at == line.length || isControl(line[at])) {
        throw malformed();
      }
      at++;
    }
    expect('"');
  }

  private void expect(char c) throws MalformedException {
    if (at >= line.length || line[at] != c) {
      throw malformed();
    }
    at++;
  }

  private void skipBlanks() {
    while (at < line.length && (line[at] == ' ' || line[at] == '\t')) {
      at++;
    }
  }

  private static MalformedException malformed() {
    return new MalformedException("a chunk's extension is malformed (RFC 9112 section 7.1.1)");
  }

  /** Bytes past 127 are negative, and legal in quotes. */
  private static boolean isControl(byte b) {
    return (b >= 0 && b < ' ' && b != '\t') || b == 127;
  }

  static boolean isToken(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9')
        || TOKEN_PUNCTUATION.indexOf(b) >= 0;
  }

  private static int hexDigit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int letter = b | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
