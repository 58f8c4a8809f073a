package dev.edge4j.middleware.waf;

import static dev.edge4j.middleware.waf.Place.Kind.BODY;
import static dev.edge4j.middleware.waf.Place.Kind.COOKIE;
import static dev.edge4j.middleware.waf.Place.Kind.QUERY;
import static dev.edge4j.middleware.waf.Severity.CRITICAL;
import static dev.edge4j.middleware.waf.Severity.WARNING;

import java.util.ArrayList;
import java.util.List;

/**
 * Family 932: a second command behind a first. Many commands are English words, and a bar or a semicolon stands in tables and prose, so a command
 * counts only with something of a command line behind it.
 */
final class ShellRules {
  private static final String COMMAND = "a shell command behind another";
  /** An option, a path, a variable, a pattern, a host, a number. */
  private static final String ARGUMENT = " ([-/~.$*?<>{]|[0-9]|[a-z]:|[a-z0-9_-]+\\.[a-z0-9])";

  /** The end, what a shell splits at, an argument as above, the address of something. */
  private static final String CLEARLY = " ?(?:$|[;&|<>()`#]|[a-z]?[?*])" + "|" + ARGUMENT
      + "| https?:|[-/\\\\]| [a-z]+$|[:=]";

  private static final List<String> BEFORE = List.of(";", "; ", "|", "| ", "||", "|| ", "&", "& ", "&&", "&& ", "$(",
      "$( ");

  /** No word of any prose: these count at the end of a value too. */
  private static final List<String> CLEAR = List.of("whoami", "uname", "wget", "curl", "netcat", "nslookup", "ifconfig",
      "ipconfig", "netstat", "systeminfo", "tasklist", "phpinfo", "printenv", "busybox", "base64", "/bin/id", "/bin/ls",
      "/bin/cat", "/bin/sh", "/bin/bash", "/usr/bin/id", "/usr/bin/env", "/usr/bin/curl", "/usr/bin/wget",
      "/usr/bin/nc", "/usr/bin/python", "/???/", "cmd.exe", "cmd /c", "powershell", "pwsh", "certutil", "bitsadmin",
      "python -c", "python3 -c", "perl -e",
      "ruby -e", "php -r", "bash -c", "bash -i", "sh -c", "sh -i", "nc -", "ncat", "chmod +x", "chmod 7", "rm -rf",
      "rm -fr",
      "ls -", "ps aux", "ps -", "net user", "dir c:", "type c:", "cat /", "id;", "mkfifo", "telnet", "traceroute");

  private static final List<String> WORDS = List.of("cat", "ls", "id", "ping", "echo", "sleep", "find", "env", "bash",
      "sh", "nc", "python", "python3", "perl", "ruby", "php", "chmod", "chown", "rm", "mv", "cp", "tar", "tee", "head",
      "tail", "more", "less", "grep", "awk", "sed", "dig", "host", "ssh", "scp", "ftp", "kill", "dir", "type", "del",
      "ps", "w", "pwd", "set", "touch", "xxd", "od", "nl", "tac", "rev", "source", "exec", "eval", "hostname");

  static final List<Rule> ALL = List.of(
      Rule.of(932100, CRITICAL, COMMAND, all(CLEAR)).in(View.SHELL).then(CLEARLY).at(QUERY, BODY, COOKIE),
      Rule.of(932100, CRITICAL, COMMAND, all(WORDS)).in(View.SHELL).then(ARGUMENT).at(QUERY, BODY, COOKIE),
      Rule.of(932100, CRITICAL, COMMAND, ";id", "; id", "|id", "&&id", "&& id", "||id", "|| id", "|ls", ";ls", "; ls",
          "&&ls", "&& ls", ";dir", "|dir", "&dir", "& dir", "&id", "; pwd", ";pwd", "|pwd", "&& pwd", "| id", ";ps",
          "|ps",
          ";env", "|env", "&& dir", "; env", "| ls", "|| ls")
          .in(View.SHELL)
          .then(" ?($|[;&#`)])")
          .at(QUERY, BODY,
              COOKIE),
      Rule.of(932110, CRITICAL, "a command within another", "$(id", "$(ls", "$(whoami", "$(cat ", "$(curl ", "$(wget ",
          "$(sleep ", "$(uname", "$(ping ", "$(nslookup ", "$(hostname", "$(pwd", "$(env", "$(echo ", "$(</")
          .in(
              View.SHELL)
          .then("[^)]*\\)")
          .at(QUERY, BODY, COOKIE),
      Rule.of(932110, CRITICAL, "a command within another", "`")
          .first()
          .in(View.SHELL)
          .then(
              "(id|ls|whoami|uname|cat|curl|wget|sleep|ping|nslookup|pwd|env|hostname)( [^`]*)?`$")
          .at(QUERY, COOKIE),
      Rule.of(932110, WARNING, "a command within another", "`id`", "`whoami`", "`uname", "`cat /", "`curl ", "`wget ",
          "`sleep ", "`nslookup ", "`ping -").at(QUERY, BODY, COOKIE),
      Rule.of(932120, CRITICAL, "a command in place of a value", "/bin/", "/usr/bin/", "/sbin/", "/usr/local/bin/")
          .first()
          .in(View.SHELL)
          .then("(ba|z|da|k|c)?(sh|cat|ls|id|nc|wget|curl|python3?|perl|ping|whoami|uname)\\b")
          .at(
              QUERY, BODY, COOKIE),
      Rule.of(932120, CRITICAL, "a command in place of a value", "cat /etc/", "wget http", "curl http", "cmd.exe /c",
          "cmd /c ", "powershell -", "powershell.exe -", "bash -i >", "bash -c ", "nc -e ", "nc -lvp", "rm -rf /",
          "ping -c ", "ping -n ", "python -c ", "perl -e ", "certutil -urlcache")
          .first()
          .in(View.SHELL)
          .at(QUERY, BODY,
              COOKIE),
      Rule.of(932130, CRITICAL, "a shell that calls home", "/dev/tcp/", "/dev/udp/", "bash -i >&", "nc -e /",
          "0>&1", "| bash -i", "|bash -i", "iex(new-object", "iex (new-object", "-encodedcommand ",
          "downloadstring(", "invoke-webrequest http", "invoke-expression").in(View.SHELL).at(QUERY, BODY, COOKIE),
      Rule.of(932140, CRITICAL, "a function in a variable of a shell", "() {", "(){").first().then(" ?[:_]?[; ].*\\}"),
      Rule.of(932150, WARNING, "a shell by its path", "/bin/sh", "/bin/bash", "/bin/cat", "/bin/ls", "/usr/bin/env",
          "/bin/nc").in(View.SHELL).at(QUERY, BODY, COOKIE));

  private ShellRules() {}

  private static String[] all(List<String> commands) {
    List<String> all = new ArrayList<>();
    for (String before : BEFORE) {
      for (String command : commands) {
        all.add(before + command);
      }
    }
    return all.toArray(String[]::new);
  }

}
