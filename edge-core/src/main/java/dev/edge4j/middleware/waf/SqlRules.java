package dev.edge4j.middleware.waf;

import static dev.edge4j.middleware.waf.Severity.CRITICAL;
import static dev.edge4j.middleware.waf.Severity.ERROR;
import static dev.edge4j.middleware.waf.Severity.WARNING;

import java.util.ArrayList;
import java.util.List;

/**
 * Family 942: a value that goes on as SQL. Words of SQL are words of English, so what counts is how they stand: behind a quote that has no partner,
 * before a comparison of constants, before a comment to the end.
 */
final class SqlRules {
  private static final String UNION = "a second query joined to a first";
  private static final String ALWAYS = "a condition that is always true, or a guess";
  private static final String END = "a quote, and a comment to the end";
  private static final String STACKED = "a second statement behind a first";
  private static final String TIME = "a database that is told to wait";
  private static final String SUBQUERY = "a query within a value";

  /** A comparison of whatever stands there with something. */
  private static final String COMPARED = " ?(not )?[ (!~-]*['\"]?[\\w.@%]*['\"]? ?\\)*"
      + " ?(=|<|>|!=|like\\b|rlike\\b|regexp\\b|between\\b|in ?\\(|is (not )?null|sounds like|\\|\\|)";
  /** What stands between two constants that are compared. */
  private static final String COMPARES = "[ )]*(?:=|<>|!=|<=>|[<>][0-9'\"(]| ?like ['\"0-9])";
  private static final String CONSTANT = "(?:-?[0-9.]+|'[^']*'|\"[^\"]*\")" + COMPARES;

  static final List<Rule> ALL = List.of(
      Rule.of(942100, CRITICAL, UNION, unions())
          .in(View.SQL)
          .then(
              "(?: ?[-0-9@*'\"(~+!`]| null\\b| (?:all|top|distinct|char|concat|version|user|database|load_file|hex|unhex|group_concat)\\b"
                  + "| [a-z0-9_.`]+ ?(?:,|\\(|from\\b|as\\b|--|#))"),
      Rule.of(942110, CRITICAL, ALWAYS, behindQuote("or", "and", "xor", "having", "where", "||", "&&", "div", "rlike",
          "like",
          "between")).open().in(View.SQL).then(COMPARED),
      Rule.of(942110, CRITICAL, ALWAYS, behindQuote("or ", "and ", "|| ", "&& ", "or(", "and(", "||(", "&&("))
          .open()
          .in(View.SQL)
          .then(
              "[ (]*(true|false|not |exists|sleep ?\\(|if ?\\(|case |select |ascii ?\\(|substr|length ?\\(|1 ?(--|#|/\\*|$|'))"),
      Rule.of(942110, CRITICAL, ALWAYS, joined("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"))
          .in(View.SQL)
          .then("[0-9.]*" + COMPARES),
      Rule.of(942110, CRITICAL, ALWAYS, joined("'")).in(View.SQL).then("[^']*'" + COMPARES),
      Rule.of(942110, CRITICAL, ALWAYS, joined("\"")).in(View.SQL).then("[^\"]*\"" + COMPARES),
      Rule.of(942110, CRITICAL, ALWAYS, joined("(", "-", "!", "~", "not ")).in(View.SQL).then("[ (!~-]*" + CONSTANT),
      Rule.of(942110, CRITICAL, ALWAYS, "or 1=1", "or '1'='1", "or \"1\"=\"1", "or 1 = 1", "or 'a'='a", "or \"a\"=\"a",
          "or ''='", "or \"\"=\"", "or true--", "or true #", "and 1=1", "and 1=2", "or 2>1", "or(1)=(1)", "or 1 like 1",
          "or 1=1--",
          "or x=x", "or 0=0").in(View.SQL),
      Rule.of(942110, CRITICAL, ALWAYS, "'='", "'=''or'", "'-'", "'&'", "'^'", "'*'", "'||'", "'|'", "\"-\"", "\"&\"",
          "\"^\"", "\"*\"")
          .first()
          .in(View.SQL)
          .then(
              " ?($|--|#)"),
      Rule.of(942110, CRITICAL, ALWAYS, "' or '' '", "' or ''-'", "' or ''&'", "' or ''^'", "' or ''*'",
          "\" or \"\" \"",
          "\" or \"\"-\"", "\" or \"\"&\"", "\" or \"\"^\"", "\" or \"\"*\"").in(View.SQL),
      Rule.of(942120, CRITICAL, END, "'--", "' --", "')--", "') --", "'))--", "')) --", "\"--", "\" --", "\")--",
          "\") --", "';--",
          "\";--", "'; --", "'-- ").open().in(View.SQL).then("(?:[ +-]|$|[^a-z>'\"])"),
      Rule.of(942120, CRITICAL, END, "'#", "' #", "')#", "') #", "\"#", "\" #", "'/*", "' /*", "\"/*", "';#", "'%00",
          "')/*")
          .open()
          .then(" ?$"),
      Rule.of(942120, CRITICAL, END, "order by ", "group by ")
          .in(View.SQL)
          .then("[0-9]{1,3}( ?,[0-9 ,]+)? ?(--|#|;|asc|desc)?"
              + "( ?(--|#|/\\*)| ?$)")
          .near("'\"0123456789)"),
      Rule.of(942130, CRITICAL, STACKED, statements("drop ", "create ", "alter ", "truncate "))
          .in(View.SQL)
          .then(
              "(or replace )?(temp(orary)? )?(table|database|schema|user|view|index|procedure|function|trigger|column|login|role)\\b"),
      Rule.of(942130, CRITICAL, STACKED, statements("insert into ", "delete from ", "replace into "))
          .in(View.SQL)
          .then("[\\w.`\"\\[]+"),
      Rule.of(942130, CRITICAL, STACKED, statements("update ")).in(View.SQL).then("[\\w.`\"\\[\\]]+ set "),
      Rule.of(942130, CRITICAL, STACKED, statements("select "))
          .in(View.SQL)
          .then("[^;]*(\\bfrom\\b|sleep ?\\(|\\(|@@|[0-9])"),
      Rule.of(942130, CRITICAL, STACKED, statements("exec ", "execute ", "declare ", "shutdown", "waitfor ", "exec(",
          "if(", "if (",
          "copy ", "grant ", "call ", "set @", "backup ", "pg_sleep("))
          .in(View.SQL)
          .then(
              "(xp_|sp_|master|@|immediate|delay|time|['(]|[0-9]|all |[ ;]|--|$|database|\\w+ (from|to) )"),
      Rule.of(942140, CRITICAL, TIME, "waitfor delay ", "waitfor time ", "pg_sleep(", "dbms_pipe.receive_message",
          "dbms_lock.sleep",
          "dbms_session.sleep", "benchmark(", "randomblob(1000", "sleep(5)--", "and sleep(", "or sleep(", "-sleep(",
          "+sleep(",
          "select sleep(", "select(sleep(", ",sleep(", "(sleep(", "||sleep(", "*sleep(", "sleep(5)#", "xor(if(",
          "/sleep(", "'sleep(",
          "pg_sleep (", "and sleep (").in(View.SQL),
      Rule.of(942140, WARNING, TIME, "sleep(").in(View.SQL).then(" ?[0-9]"),
      Rule.of(942150, CRITICAL, SUBQUERY, "exists(select", "exists (select", "=(select", "= (select", ">(select",
          "<(select", "in(select",
          ",(select", "(select(", "and (select", "or (select", "like (select", "like(select", "between (select",
          "by (select", "and(select", "or(select", "||(select", "+(select", "-(select", "((select",
          "&&(select", "rlike (select", "rlike(select", "regexp (select", "select case when", "(case when(",
          "and ascii(", "or ascii(", "and substring(", "and substr(", "and mid(",
          "and length(", "and ord(", "and if(", "or if(", "and extractvalue(", "or extractvalue(", "and updatexml(",
          "or updatexml(",
          "and row(", "procedure analyse(", "into outfile ", "into dumpfile ", "load_file(", "load data infile",
          "extractvalue(1",
          "extractvalue(rand", "updatexml(1", "updatexml(null", "floor(rand(", "concat(0x", "group_concat(",
          "concat_ws(0x",
          "unhex(hex(", "name_const(", "utl_http.request", "utl_inaddr.get_host", "ctxsys.drithsx", "xmltype(",
          "dbms_xmlgen",
          "order by(select", "limit 1 into ", "json_keys((", "gtid_subset(", "exp(~(", "polygon((select",
          "st_latfromgeohash(")
          .in(
              View.SQL),
      Rule.of(942150, WARNING, SUBQUERY, "(select ", "select * from ", "select count(", "select top ", "select @@",
          "select version(",
          "select user(", "select database(", "from dual", "char(1", "chr(1", "char(0x", "nvl(", "current_user(",
          "session_user(", "system_user(", "@@version", "@@hostname", "@@datadir", "version()", "database()")
          .in(View.SQL),
      Rule.of(942160, CRITICAL, "a procedure that reaches beyond the database", "xp_cmdshell", "xp_dirtree",
          "xp_regread",
          "xp_regwrite", "sp_oacreate", "sp_executesql", "sp_makewebtask", "xp_fileexist", "openrowset(",
          "opendatasource(",
          "lo_import(", "lo_export(", "pg_read_file(", "pg_ls_dir(", "copy (select", "sys_eval(", "sys_exec(",
          "load_extension(",
          "attach database ").in(View.SQL),
      Rule.of(942170, ERROR, "the catalogue of a database", "information_schema.", "pg_catalog.", "sqlite_master",
          "sqlite_schema",
          "sysobjects", "syscolumns", "sys.tables", "sys.objects", "mysql.user", "master..", "master.dbo.",
          "all_tables", "user_tables",
          "all_tab_columns", "pg_shadow", "pg_user", "v$version", "msysobjects", "mysql.innodb_table_stats")
          .in(View.SQL));

  private SqlRules() {}

  /** Each word right behind a quote, as it stands after brackets and spaces. */
  private static String[] behindQuote(String... words) {
    List<String> all = new ArrayList<>();
    for (String quote : List.of("'", "\"")) {
      for (String between : List.of("", " ", ")", ") ", "))", ")) ", "%")) {
        for (String word : words) {
          all.add(quote + between + word);
        }
      }
    }
    return all.toArray(String[]::new);
  }

  /** All that joins a condition to another, before each of these beginnings of one. */
  private static String[] joined(String... beginnings) {
    List<String> all = new ArrayList<>();
    for (String join : List.of(" or ", " and ", " xor ", " having ", " or", " and", "|| ", "&& ", "||", "&&", ")or ",
        ")and ", ")or",
        ")and", " or+", " and+")) {
      for (String beginning : beginnings) {
        all.add(join + beginning);
      }
    }
    return all.toArray(String[]::new);
  }

  private static String[] unions() {
    List<String> all = new ArrayList<>();
    for (String quantity : List.of("", " all", " distinct", " distinctrow", "(all", "+all", "+distinct")) {
      for (String between : List.of(" ", "(", " (", "+", "((", " ((", "( ")) {
        all.add("union" + quantity + between + "select");
      }
    }
    return all.toArray(String[]::new);
  }

  private static String[] statements(String... words) {
    List<String> all = new ArrayList<>();
    for (String before : List.of(";", "; ", ";;", ") ;")) {
      for (String word : words) {
        all.add(before + word);
      }
    }
    return all.toArray(String[]::new);
  }
}
