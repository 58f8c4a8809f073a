package dev.edge4j.server;

import java.util.List;
import java.util.stream.Stream;

/** Ways to spell a path so that one reader sees {@code /admin/secret} and another one does not. */
final class PathAttacks {
  private PathAttacks() {}

  static final List<String> PLAIN = List.of("/admin", "/admin/", "/admin/secret", "/admin/panel", "/admin/panel/x",
      "/admin?x=/../", "/admin/secret?/../..");

  static final List<String> ESCAPED = List.of("/%61dmin/secret", "/%61%64%6D%69%6e/secret", "/admin/%73ecret",
      "/%61dmin/panel/x", "/%61dmin", "/open/%61dmin/secret", "/open/admin%2Fsecret");

  static final List<String> SLASHES = List.of("//admin/secret", "///admin//secret", "/admin//secret",
      "//admin//panel//x",
      "/x/..//admin/secret", "/open//admin/secret", "//open///admin//secret");

  static final List<String> DOTS = List.of("/./admin/secret", "/x/../admin/secret", "/admin/./secret",
      "/admin/x/../secret", "/%2e/admin/secret", "/x/%2e%2e/admin/secret", "/x/%2E./admin/secret",
      "/x/.%2e/admin/secret", "/../admin/secret", "/%2e%2e/%2e%2e/admin/secret", "/files/../admin/secret",
      "/open/../admin/secret", "/open/x/../admin/secret", "/x/y/../../admin/panel/x", "/..//admin/secret");

  static final List<String> ESCAPED_SLASHES = List.of("/admin%2Fsecret", "/admin%2fsecret", "/admin%2F",
      "/%2Fadmin/secret",
      "/%2F%2Fadmin", "/admin%2Fpanel/x", "/open%2Fadmin/secret", "/files/%2Fetc/passwd", "/files/%2fetc%2fpasswd",
      "/spans/%2Fetc/passwd", "/files/a%2Fb", "/admin%252Fsecret", "/x%2Fadmin");

  static final List<String> CLIMBING = List.of("/admin%2f..", "/admin%2f..%2fadmin%2fsecret", "/..%2fadmin/secret",
      "/x%2f../admin/secret", "/x%2f..%2fadmin/secret", "/files/..%2f..%2fetc%2fpasswd", "/files/..%2fadmin/secret",
      "/files/%2e%2e%2fadmin", "/files/x/..%2F..%2F..%2Fx", "/one/..%2F..%2Fetc", "/one/%2e%2e%2f", "/open/..%2fadmin",
      "/spans/..%2f..%2fetc", "/admin/panel/..%2f..", "/x%2F.%2Fadmin");

  static final List<String> BACKSLASHES = List.of("/..%5cadmin", "/..%5Cadmin%5csecret", "/x%5c..%5cadmin", "/%5cadmin",
      "/admin%5csecret", "/files/..%5c..%5cwindows", "/x\\..\\admin\\secret", "/\\admin/secret", "/files/..\\x",
      "/open/..%5cadmin", "/one/..%5c", "/%5C%5Chost%5Cshare");

  static final List<String> BROKEN = List.of("/admin%00/secret", "/%00/admin", "/admin/secret%00", "/files/x%00.png",
      "/%c0%ae%c0%ae/admin", "/x/%c0%ae%c0%ae/admin/secret", "/%c0%afadmin/secret", "/x%c0%af..%c0%afadmin",
      "/%e0%80%afadmin", "/%f0%80%80%afadmin", "/%ff", "/%", "/%a", "/%zz/admin", "/admin%", "/%u0061dmin", "/%2",
      "/admin%0a", "/admin%0d%0a/secret", "/admin%09", "/%7fadmin", "/%ed%a0%80");

  static final List<String> OTHER_PATHS = List.of("/ADMIN/secret", "/Admin", "/admin;x/secret", "/admin;/secret",
      "/;/admin", "/admin./secret", "/admin%20/secret", "/%20admin", "/admin%3fx", "/admin%23x", "/%2561dmin/secret",
      "/%252e%252e/admin/secret", "/administrator", "/admin,x", "/%ef%bc%8fadmin", "/x/%ef%bc%8e%ef%bc%8e/admin",
      "/files/..;/admin/secret", "/x/..%3b/admin", "/admin%c2%a0", "/...//admin", "/.../admin");

  static final List<String> ABSOLUTE = List.of("http://t/admin/secret", "http://t//admin/secret",
      "http://t/x/../admin/secret",
      "http://t/%61dmin/secret", "http:///admin/secret", "http://t?/admin", "http://admin/secret",
      "HTTP://t/admin/secret",
      "http://u@t/admin/secret");

  static Stream<String> all() {
    return Stream.of(PLAIN, ESCAPED, SLASHES, DOTS, ESCAPED_SLASHES, CLIMBING, BACKSLASHES, BROKEN, OTHER_PATHS,
        ABSOLUTE)
        .flatMap(List::stream);
  }
}
