package dev.edge4j.middleware.waf;

import static dev.edge4j.middleware.waf.Place.Kind.BODY;
import static dev.edge4j.middleware.waf.Place.Kind.COOKIE;
import static dev.edge4j.middleware.waf.Place.Kind.HEADER;
import static dev.edge4j.middleware.waf.Place.Kind.PATH;
import static dev.edge4j.middleware.waf.Place.Kind.QUERY;
import static dev.edge4j.middleware.waf.Severity.CRITICAL;
import static dev.edge4j.middleware.waf.Severity.ERROR;
import static dev.edge4j.middleware.waf.Severity.WARNING;

import java.util.List;

/** Family 930: ways out of a folder, and files that no visitor should ask for. One {@code ../} in a text may be code; at its beginning it is a path. */
final class FileRules {
  private static final String OUT = "a way out of a folder";
  private static final String FILE = "a file of the system or of the application";

  static final List<Rule> ALL = List.of(
      Rule.of(930100, CRITICAL, OUT, "/../", "/..\\", "\\..\\", "\\../", "..;/", "/..;", "..//").at(PATH),
      Rule.of(930100, CRITICAL, OUT, "/..").at(PATH).then("$"),
      Rule.of(930100, CRITICAL, OUT, "../", "..\\", "/../", "/..\\", "\\..\\", "./../", ".../", "....\\", "..;/",
          "..//").first().at(QUERY, BODY, COOKIE),
      Rule.of(930100, CRITICAL, OUT, "../../../", "..\\..\\..\\", "....//....//", "....\\\\....\\\\", "..;/..;/",
          "/var/www/../", "..//..//").at(QUERY, BODY, COOKIE, HEADER),
      Rule.of(930100, CRITICAL, OUT, "filename=\"../", "filename=\"..\\", "filename=../", "filename=..\\").at(BODY),
      Rule.of(930100, ERROR, OUT, "../../", "..\\..\\").at(QUERY, BODY, COOKIE),
      Rule.of(930100, WARNING, OUT, "../", "..\\").at(QUERY, BODY, COOKIE),
      Rule.of(930110, CRITICAL, FILE, "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/hosts", "/etc/sudoers",
          "/etc/master.passwd", "etc/passwd", "/proc/self/", "/proc/version", "/root/.ssh", ".ssh/id_rsa",
          ".ssh/id_ed25519", ".ssh/authorized_keys", ".bash_history", "/var/log/apache", "/var/log/nginx",
          "c:\\windows\\", "c:/windows/", "\\windows\\system32", "/windows/system32", "\\windows\\win.ini",
          "/windows/win.ini", "\\boot.ini", "/boot.ini", "web-inf/", "meta-inf/", "/etc/nginx/", "/etc/apache2/",
          "/var/run/secrets/").at(QUERY, BODY, COOKIE, PATH),
      Rule.of(930110, CRITICAL, FILE, "/proc/").then("[0-9]{1,7}/").at(QUERY, BODY, COOKIE, PATH),
      Rule.of(930120, CRITICAL, FILE, "/.git/", "/.svn/", "/.hg/", "/.env.", "/.aws/", "/.ssh/", "/.htaccess",
          "/.htpasswd", "/.ds_store", "/wp-config.php", "/web.config", "/.npmrc", "/.dockerenv", "/.kube/",
          "/.docker/", "/phpinfo.php", "/server-status").at(PATH),
      Rule.of(930120, CRITICAL, FILE, "/.env", "/.git", "/.svn", "/.aws", "/.ssh").then("$").at(PATH));

  private FileRules() {}
}
