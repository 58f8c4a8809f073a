package dev.edge4j.middleware.waf;

import static dev.edge4j.middleware.waf.Place.Kind.BODY;
import static dev.edge4j.middleware.waf.Place.Kind.COOKIE;
import static dev.edge4j.middleware.waf.Place.Kind.HEADER;
import static dev.edge4j.middleware.waf.Place.Kind.PATH;
import static dev.edge4j.middleware.waf.Place.Kind.QUERY;
import static dev.edge4j.middleware.waf.Severity.CRITICAL;
import static dev.edge4j.middleware.waf.Severity.WARNING;

import java.util.List;

/**
 * Family 931, addresses that only a server can reach: those where clouds keep the credentials of a machine, and schemes that make other programs of an HTTP client.
 * Family 913, scanners that say who they are.
 */
final class NetworkRules {
  private static final String METADATA = "the address of a cloud's metadata";
  private static final String SCHEME = "a scheme for a server to follow";

  static final List<Rule> ALL = List.of(
      Rule.of(931100, CRITICAL, METADATA, "169.254.169.254", "169.254.170.2", "metadata.google.internal",
          "100.100.100.200", "[fd00:ec2::254]", "0xa9fea9fe", "0xa9.0xfe.0xa9.0xfe", "[::ffff:169.254.169.254]",
          "[::ffff:a9fe:a9fe]", "0251.0376.0251.0376", "169.254.169.254.nip.io", "metadata.azure.internal",
          "http://2852039166", "http://instance-data", "/latest/meta-data/", "/computemetadata/v1")
          .at(QUERY, BODY,
              COOKIE, PATH),
      Rule.of(931110, CRITICAL, SCHEME, "gopher://", "dict://", "file:///", "file://localhost/", "ldap://", "ldaps://",
          "tftp://", "netdoc:///", "jar:http", "jar:file", "php://", "expect://", "phar://", "zip://")
          .first()
          .at(QUERY,
              BODY, COOKIE),
      Rule.of(931110, CRITICAL, SCHEME, "gopher://").then("[^ ]*:[0-9]+/_"),
      Rule.of(931120, WARNING, "an address of the machine itself", "http://localhost", "https://localhost",
          "http://127.", "https://127.", "http://[::1]", "http://[::]", "http://0.0.0.0", "http://0/", "http://0:",
          "http://2130706433", "http://0x7f", "http://017700000001").at(QUERY, BODY, COOKIE),
      Rule.of(913100, CRITICAL, "a scanner", "sqlmap", "nikto", "nmap scripting engine", "masscan", "acunetix",
          "nessus", "openvas", "dirbuster", "gobuster", "feroxbuster", "wpscan", "w3af", "netsparker", "arachni",
          "jaeles", "nuclei", "havij", "zmeu", "wfuzz", "fimap", "commix", "xsser", "dirb/", "ffuf",
          "fuzz faster u fool",
          "whatweb", "joomscan", "skipfish", "burpcollaborator", "morfeus").at(HEADER));

  private NetworkRules() {}
}
