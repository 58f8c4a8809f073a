package dev.edge4j.server;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a server must make of requests, written from RFC 9112 section by section. {@code |} stands for CR LF. {@code GET /} is
 * answered {@code hello}, {@code POST /echo} with its body.
 */
public final class WireCases {
  private static final String H = "|Host: t|";
  private static final String GET = "GET / HTTP/1.1|Host: t|";
  private static final String POST = "POST /echo HTTP/1.1|Host: t|";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked|";

  private WireCases() {}

  public static List<WireCase> all() {
    var table = new WireCase.Table();
    Stream.of(lines(), requestLine(), target(), host(), fields(), contentLength(), transferEncoding(), both(), chunks(),
        trailers(), expectations()).forEach(part -> part.cases().forEach(one -> table.cases().add(one)));
    return table.cases();
  }

  public static Stream<WireCase> accepted() {
    return all().stream().filter(WireCase::isKept);
  }

  static Stream<WireCase> refused() {
    return all().stream().filter(one -> !one.isKept());
  }

  private static WireCase.Table lines() {
    return new WireCase.Table()
        .accepts("9112 2.2: one empty line before a request is passed over", "hello", "|" + GET + "|")
        .refuses(400, "9112 2.2: more than one is not", "||" + GET + "|")
        .refuses(400, "9112 2.2: a line ends in CR LF, not LF", "GET / HTTP/1.1\nHost: t\n\n",
            "GET / HTTP/1.1\nHost: t||", "GET / HTTP/1.1|Host: t\n\n", "GET / HTTP/1.1|Host: t|\n",
            "GET / HTTP/1.1|Host: t\nX: y||", "\n" + GET + "|", "\r\n\nGET / HTTP/1.1|Host: t||")
        .refuses(400, "9112 2.2: no CR without LF", "GET / HTTP/1.1\rHost: t||", "GET / HTTP/1.1|Host: t\r\r\n|",
            "GET / HTTP/1.1|Host: t|X: a\rb||", "GET / HTTP/1.1\r|Host: t||", "\r" + GET + "|",
            "GET / HTTP/1.1|Host: t|X\r: a||", "GET /\r HTTP/1.1|Host: t||")
        .refuses(400, "9112 2.2: no whitespace between request line and first field", "GET / HTTP/1.1| Host: t||",
            "GET / HTTP/1.1|\tX: y|Host: t||", "GET / HTTP/1.1| |Host: t||");
  }

  private static WireCase.Table requestLine() {
    return new WireCase.Table()
        .accepts("9110 9.1: methods are case-sensitive tokens of any name", "any PURGE", "PURGE /any HTTP/1.1" + H
            + "|")
        .accepts("9110 9.1: methods are case-sensitive tokens of any name", "any get", "get /any HTTP/1.1" + H + "|")
        .accepts("9110 9.1: methods are case-sensitive tokens of any name", "any M-SEARCH!",
            "M-SEARCH! /any HTTP/1.1" + H + "|")
        .accepts("9110 2.5: a later minor version is read as 1.1", "hello", "GET / HTTP/1.2" + H + "|",
            "GET / HTTP/1.9" + H + "|")
        .refuses(400, "9112 3: one space between the parts", "GET  / HTTP/1.1" + H + "|", "GET /  HTTP/1.1" + H + "|",
            "GET\t/ HTTP/1.1" + H + "|", "GET /\tHTTP/1.1" + H + "|", " GET / HTTP/1.1" + H + "|",
            "GET / HTTP/1.1 " + H + "|", "GET / HTTP/1.1\t" + H + "|", "GET\u000b/ HTTP/1.1" + H + "|",
            "GET\f/ HTTP/1.1" + H + "|", "GET\u00a0/ HTTP/1.1" + H + "|")
        .refuses(400, "9112 3: three parts", "GET /" + H + "|", "GET|Host: t||", "GET HTTP/1.1" + H + "|",
            "GET / x HTTP/1.1" + H + "|", "/ HTTP/1.1" + H + "|", "nonsense||")
        .refuses(400, "9112 3.1: a method is a token", "G(T / HTTP/1.1" + H + "|", "GET: / HTTP/1.1" + H + "|",
            "{ / HTTP/1.1" + H + "|", "G\0T / HTTP/1.1" + H + "|", "G\u00e9T / HTTP/1.1" + H + "|",
            "\u0016\u0003\u0001\u0002\0\u0001", "\"GET\" / HTTP/1.1" + H + "|")
        .refuses(400, "9112 2.3: HTTP/digit.digit", "GET / HTTP/1" + H + "|", "GET / HTTP/1.10" + H + "|",
            "GET / HTTP/01.1" + H + "|", "GET / http/1.1" + H + "|", "GET / HTTP/1,1" + H + "|", "GET / HTTP/+1.1" + H
                + "|", "GET / HTTP /1.1" + H + "|", "GET / HTTP/1.x" + H + "|", "GET / HTTPS/1.1" + H + "|",
            "GET / HTTP/" + H + "|", "GET / HTTP/\u00b9.1" + H + "|")
        .refuses(505, "9110 15.6.6: another major version", "GET / HTTP/2.0" + H + "|", "GET / HTTP/0.9" + H + "|",
            "GET / HTTP/3.0" + H + "|", "PRI * HTTP/2.0||SX||")
        .refuses(501, "9110 9.3.6: no tunnels", "CONNECT t:80 HTTP/1.1" + H + "|", "CONNECT / HTTP/1.1" + H + "|");
  }

  private static WireCase.Table target() {
    return new WireCase.Table()
        .accepts("9112 3.2.1: origin form", "hello", "GET /? HTTP/1.1" + H + "|", "GET /?a=b%20c HTTP/1.1" + H + "|",
            "GET //x/../ HTTP/1.1" + H + "|")
        .accepts("9112 3.2.2: absolute form", "hello", "GET http://t/ HTTP/1.1" + H + "|", "GET HTTP://t HTTP/1.1" + H
            + "|", "GET http://t?q HTTP/1.1" + H + "|", "GET http://[::1]:80/ HTTP/1.1" + H + "|")
        .accepts("9112 3.2.2: the absolute target's host counts, not the field's", "host a.example",
            "GET http://a.example:81/host HTTP/1.1" + H + "|")
        .accepts("9112 3.2.4: asterisk form for OPTIONS", "any OPTIONS", "OPTIONS /any HTTP/1.1" + H + "|")
        .refuses(400, "9112 3.2.4: asterisk form for OPTIONS alone", "GET * HTTP/1.1" + H + "|", "POST * HTTP/1.1" + H
            + "|", "HEADX * HTTP/1.1" + H + "|")
        .refuses(400, "9112 3.2: no other form", "GET x HTTP/1.1" + H + "|", "GET ?x HTTP/1.1" + H + "|",
            "GET t:80 HTTP/1.1" + H + "|", "GET *x HTTP/1.1" + H + "|", "GET http:/x HTTP/1.1" + H + "|",
            "GET ://t/ HTTP/1.1" + H + "|", "GET ftp://t/ HTTP/1.1" + H + "|", "GET file:///etc HTTP/1.1" + H + "|")
        .refuses(400, "9110 4.2: a valid authority and no user", "GET http:///x HTTP/1.1" + H + "|",
            "GET http://u@t/ HTTP/1.1" + H + "|", "GET http://t:x/ HTTP/1.1" + H + "|", "GET http://a,b/ HTTP/1.1" + H
                + "|", "GET http://a#b/ HTTP/1.1" + H + "|", "GET http://a\\b/ HTTP/1.1" + H + "|")
        .refuses(400, "9112 3.2: no fragment", "GET /#x HTTP/1.1" + H + "|", "GET /?a#x HTTP/1.1" + H + "|")
        .refuses(400, "3986 2: visible ASCII alone", "GET /\0 HTTP/1.1" + H + "|", "GET /\u007f HTTP/1.1" + H + "|",
            "GET /\u00e9 HTTP/1.1" + H + "|", "GET /?\u00c3\u00a9 HTTP/1.1" + H + "|", "GET /\u0001 HTTP/1.1" + H + "|",
            "GET /?\u001f HTTP/1.1" + H + "|", "GET /%00 HTTP/1.1" + H + "|", "GET /%c0%af HTTP/1.1" + H + "|",
            "GET /% HTTP/1.1" + H + "|");
  }

  private static WireCase.Table host() {
    return new WireCase.Table()
        .accepts("9112 3.2: a host and perhaps a port", "hello", host("a.example"), host("a.example:8080"),
            host("a.example:"), host("a.example."), host("127.0.0.1"), host("[::1]"), host("[::ffff:1.2.3.4]:443"),
            host("a_b-c~d"), host("A"), "GET / HTTP/1.1|hOST:t||", "GET / HTTP/1.1|Host: \t t \t||")
        .refuses(400, "9112 3.2: one Host", "GET / HTTP/1.1||", "GET / HTTP/1.1|X: y||", GET + "Host: t||", GET
            + "Host: u||", GET + "hOsT: u||", "GET / HTTP/1.0|Host: t|Host: u||", "GET / HTTP/1.0|Host: a b||")
        .refuses(400, "9112 3.2: a valid one", host(""), host(" "), host("a,b"), host("a, b"), host("u@a"),
            host("a/b"), host("a?b"), host("a#b"), host("http://a"), host("a b"), host("a\tb"), host("a:b"),
            host("a:-1"), host("a:65536"), host("a:80:80"), host(":80"), host("a..b"), host(".a"), host("."),
            host("[::1"), host("[]"), host("[g::]"), host("[::1]x"), host("::1"), host("a\\b"), host("a%41"),
            host("\u00e9"), host("a;b"), host("\"a\""), host("a\0"), host("[::1%25eth0]"), host("<a>"));
  }

  private static String host(String value) {
    return "GET / HTTP/1.1|Host: " + value + "||";
  }

  private static WireCase.Table fields() {
    return new WireCase.Table()
        .accepts("9110 5.5: tabs, obs-text and empty values are legal", "hello", GET + "X:||", GET + "X:\t||", GET
            + "X: a\tb||", GET + "X: caf\u00e9||", GET + "X:y||", GET + "X: :||", GET + "!#$%&'*+-.^_`~1: y||")
        .refuses(400, "9112 5.1: nothing between name and colon", GET + "X : y||", GET + "X\t: y||", POST
            + "Content-Length : 3||one", CHUNKED.replace("Encoding:", "Encoding :") + "|3|one|0||")
        .refuses(400, "9112 5.2: no folded lines", GET + "X: a| b||", GET + "X: a|\tb||", GET + "X: a| ||", GET
            + "X:|\t y||", POST + "Transfer-Encoding:| chunked||3|one|0||")
        .refuses(400, "9110 5.1: a name is a token", GET + ": y||", GET + "X Y: z||", GET + "X(: y||", GET + "X\0: y||",
            GET + "X\u00e9: y||", GET + "\"X\": y||", GET + "X/Y: z||", GET + "X@: z||", GET + "X\u007f: y||", GET
                + "{X}: y||", GET + "X;: y||")
        .refuses(400, "9112 5: each line has a colon", GET + "X||", GET + "X y||", GET + "=||")
        .refuses(400, "9110 5.5: no control characters in values", GET + "X: a\0b||", GET + "X: \u0001||", GET
            + "X: a\u007fb||", GET + "X: \u001b[0m||", GET + "X: a\u000bb||", GET + "X: \f||", GET + "X: \b||")
        .refuses(431, "6585 5: too many fields, too long ones, or too much of them", GET + "X: y|".repeat(100) + "|",
            GET
                + "X: " + "y".repeat(5_000) + "||", GET + ("X: " + "y".repeat(500) + "|").repeat(9) + "|")
        .refuses(414, "9110 15.5.15: too long a target", "GET /" + "x".repeat(2_000) + " HTTP/1.1" + H + "|",
            "x".repeat(3_000));
  }

  private static WireCase.Table contentLength() {
    return new WireCase.Table()
        .accepts("9112 6.3: that many bytes", "one", POST + "Content-Length: 3||one", POST + "content-length:3||one",
            POST + "Content-Length: \t3\t ||one")
        .accepts("9112 6.3: no length is no body", "", POST + "|", POST + "Content-Length: 0||")
        .accepts("9112 6.3: whatever the method", "hello", GET + "Content-Length: 3||one")
        .refuses(400, "9110 8.6: decimal digits alone", length("+3"), length("-3"), length("0x3"), length("3.0"),
            length("3 " + "3"), length("3;"), length(""), length("\u00b3"), length("1e1"), length("three"),
            length("\"3\""), length("3_0"), length("0b11"), length("3h"), length("3\0"))
        .refuses(400, "9110 8.6: no leading zero, which some read as octal", length("03"), length("003"), length("00"),
            length("0o3"), length("0000000000000000003"))
        .refuses(400, "9110 8.6: one that can be counted", length("9223372036854775808"), length(
            "18446744073709551619"), length("99999999999999999999"), length("4294967296000000000000003"))
        .refuses(400, "9112 6.3: one, and no list, even of equal ones", length("3, 3"), length("3,3"), length("3, 4"),
            length("3,"), length(",3"), POST + "Content-Length: 3|Content-Length: 3||one", POST
                + "Content-Length: 3|Content-Length: 4||one", POST + "Content-Length: 4|content-length: 3||one", POST
                    + "Content-Length: 0|Content-Length: 3||one");
  }

  private static String length(String value) {
    return POST + "Content-Length: " + value + "||one";
  }

  private static WireCase.Table transferEncoding() {
    return new WireCase.Table()
        .accepts("9112 7: codings are case-insensitive", "one", coding("chunked"), coding("Chunked"), coding("CHUNKED"),
            coding("\tchunked\t "), POST + "transfer-ENCODING:chunked||3|one|0||")
        .refuses(400, "9112 6.3: chunked is the last", coding("chunked, gzip"), coding("gzip"), coding("identity"),
            coding("chunked, identity"), coding("xchunked"), coding("chunkedx"), coding("x"), coding(""), coding("cow"))
        .refuses(400, "9112 6.1: chunked once", coding("chunked, chunked"), coding("chunked,chunked"), coding(
            "chunked,"),
            coding(",chunked"), coding("identity, chunked"), POST
                + "Transfer-Encoding: chunked|Transfer-Encoding: chunked||3|one|0||", POST
                    + "Transfer-Encoding: chunked|Transfer-Encoding: identity||3|one|0||", POST
                        + "Transfer-Encoding: gzip|Transfer-Encoding: chunked||3|one|0||", POST
                            + "Transfer-Encoding: x|transfer-encoding: chunked||3|one|0||")
        .refuses(400, "9112 7: nothing that only looks like it", coding("\u000bchunked"), coding("chunked;q=1"), coding(
            "\"chunked\""), coding("chu nked"), coding("'chunked'"), coding("chunked\0"), coding("[chunked]"), coding(
                "\u0085chunked"), coding("\u00a0chunked"), coding("chun\tked"))
        .refuses(501, "9112 6.1: a coding that is not ours, the end known", coding("gzip, chunked"), coding(
            "deflate,chunked"), coding("GZIP , Chunked"))
        .refuses(400, "9112 6.1: HTTP/1.0 has none", "POST /echo HTTP/1.0|Transfer-Encoding: chunked||3|one|0||",
            "POST /echo HTTP/1.0|Host: t|Connection: keep-alive|Transfer-Encoding: chunked||3|one|0||");
  }

  private static String coding(String value) {
    return POST + "Transfer-Encoding: " + value + "||3|one|0||";
  }

  private static WireCase.Table both() {
    return new WireCase.Table().refuses(400, "9112 6.1: never both, in either order (CL.TE, TE.CL)", POST
        + "Content-Length: 3|Transfer-Encoding: chunked||3|one|0||", POST
            + "Transfer-Encoding: chunked|Content-Length: 3||3|one|0||", POST
                + "Content-Length: 6|Transfer-Encoding: chunked||0||G", POST
                    + "Transfer-Encoding: chunked|Content-Length: 4||5c|GET /x HTTP/1.1|Host: t||0||", POST
                        + "Content-Length: 0|Transfer-Encoding: chunked||0||", POST
                            + "Transfer-Encoding: identity|Content-Length: 3||one", POST
                                + "Transfer-Encoding: x|Content-Length: 3||one", POST
                                    + "Content-Length: 3|transfer-encoding:\tchunked||3|one|0||", POST
                                        + "Transfer-Encoding:|Content-Length: 3||one");
  }

  private static WireCase.Table chunks() {
    return new WireCase.Table()
        .accepts("9112 7.1: sizes in hexadecimal", "one", chunks("3|one|0||"), chunks("03|one|0||"), chunks(
            "00000003|one|00000000||"), chunks("1|o|2|ne|0||"))
        .accepts("9112 7.1: sizes in hexadecimal", "0123456789abcdef", chunks("a|0123456789|6|abcdef|0||"), chunks(
            "A|0123456789|6|abcdef|000||"))
        .accepts("9112 7.1: sizes in hexadecimal", "", chunks("0||"))
        .accepts("9112 7.1.1: extensions are read and mean nothing", "one", chunks("3;a|one|0||"), chunks(
            "3;a=b|one|0;c||"), chunks("3;a=\"b\"|one|0||"), chunks("3;a=\"b;\\\"c\\\\\"|one|0||"), chunks(
                "3 ; a = b ;c|one|0||"), chunks("3;a=\"\t \u00e9\"|one|0||"), chunks("3;a;b=\"\";c=d|one|0||"))
        .refuses(400, "9112 7.1: nothing else is a size", chunks("0x3|one|0||"), chunks("+3|one|0||"), chunks(
            "-3|one|0||"), chunks("|one|0||"), chunks(" 3|one|0||"), chunks("3 |one|0||"), chunks("3\t|one|0||"),
            chunks(
                "g|one|0||"), chunks("3h|one|0||"), chunks("3,|one|0||"), chunks("3.0|one|0||"), chunks(
                    "\0003|one|0||"),
            chunks(";a|one|0||"), chunks("\u00b3|one|0||"), chunks("3_|one|0||"))
        .refuses(400, "9112 7.1: no size past eight digits", chunks("100000003|one|0||"), chunks(
            "10000000000000003|one|0||"), chunks("ffffffffffffffff|one|0||"), chunks("000000003|one|0||"), chunks(
                "fffffffffffffffffffffffffffffffffffff|one|0||"))
        .refuses(400, "9112 7.1.1: malformed extensions", chunks("3;|one|0||"), chunks("3;=b|one|0||"), chunks(
            "3;a=|one|0||"), chunks("3;a=\"b|one|0||"), chunks("3;a=\"b\"c|one|0||"), chunks("3;a b|one|0||"), chunks(
                "3;a=b=c|one|0||"), chunks("3;a=\"b\\|one|0||"), chunks("3;a,b|one|0||"), chunks("3;a=\0|one|0||"),
            chunks("3;a=\"\u0001\"|one|0||"), chunks("3;a=\"\r\"|one|0||"), chunks("3;a |one|0||"))
        .refuses(400, "9112 7.1: lines of chunks end in CR LF", chunks("3\none\n0\n\n"), chunks("3\none|0||"), chunks(
            "3|one\n0||"), chunks("3|one\r0||"), chunks("3;a\nb|one|0||"), chunks("3;a=\"\n\"|one|0||"), chunks(
                "3\r\rone|0||"), chunks("3\rone|0||"), chunks("3|one|0\n\n"), chunks("3|one|0|\n"), chunks(
                    "3;\n30|one|0||"))
        .refuses(400, "9112 7.1: data as long as told", chunks("3|oneX0||"), chunks("2|one|0||"), chunks("3|one0||"),
            chunks("3|one|||0||"), chunks("4|one|0||"))
        .refuses(400, "9112 7.1.1: no endless extensions", chunks("3;" + "a".repeat(1_100) + "|one|0||"), chunks(("1;"
            + "a".repeat(1_000) + "|x|").repeat(18) + "0||"));
  }

  private static String chunks(String body) {
    return CHUNKED + "|" + body;
  }

  private static WireCase.Table trailers() {
    return new WireCase.Table()
        .accepts("9112 7.1.2: trailers are read", "one", trailer("X: y"), trailer("X: y|Checksum: \t z"), trailer("X:"))
        .refuses(400, "9110 6.5.1: none that would change the framing or the rights", trailer("Content-Length: 3"),
            trailer("Transfer-Encoding: chunked"), trailer("Host: u"), trailer("host:u"), trailer("Authorization: x"),
            trailer("Cookie: a=b"), trailer("Connection: close"), trailer("Trailer: X"), trailer(
                "Expect: 100-continue"),
            trailer("Content-Type: x/y"))
        .refuses(400, "9112 5: as strictly as header fields", trailer("X : y"), trailer(" X: y"), trailer("X: a| b"),
            trailer(": y"), trailer("X"), trailer("X: \0"), trailer("X: y\nZ: z"), trailer("X\u00e9: y"), trailer(
                "GET / HTTP/1.1"), trailer("X: y\r"), trailer("X: a\rb"))
        .refuses(400, "6585 5: not too many, nor too long", trailer("X: y|".repeat(100) + "Z: z"), trailer("X: " + "y"
            .repeat(5_000)));
  }

  private static String trailer(String fields) {
    return CHUNKED + "|3|one|0|" + fields + "||";
  }

  private static WireCase.Table expectations() {
    return new WireCase.Table()
        .accepts("9110 10.1.1: who sends the body without waiting gets no 100", "one", POST
            + "Content-Length: 3|Expect: 100-continue||one", POST + "Content-Length: 3|expect: 100-Continue||one")
        .accepts("9110 10.1.1: what else is expected is passed over", "one", POST
            + "Content-Length: 3|Expect: more||one")
        .accepts("9110 10.1.1: without a body there is nothing to wait for", "hello", GET + "Expect: 100-continue||");
  }
}
