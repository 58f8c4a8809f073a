package dev.edge4j.middleware.waf;

import static dev.edge4j.middleware.waf.Place.Kind.BODY;
import static dev.edge4j.middleware.waf.Place.Kind.COOKIE;
import static dev.edge4j.middleware.waf.Place.Kind.QUERY;
import static dev.edge4j.middleware.waf.Severity.CRITICAL;
import static dev.edge4j.middleware.waf.Severity.WARNING;

import java.util.List;

/** Families 933, 934 and 944: code for PHP, for templates and for Java, objects that run code when they are read, operators of document stores. */
final class CodeRules {
  private static final String PHP = "code of PHP";
  private static final String TEMPLATE = "an expression for a template";
  private static final String JAVA = "code for Java to run";
  private static final String LOOKUP = "a lookup of Log4j";
  private static final String OBJECT = "an object that runs code when it is read";
  private static final String OPERATOR = "an operator of a document store";

  static final List<Rule> ALL = List.of(
      Rule.of(933100, CRITICAL, PHP, "<?php", "<?=", "php://input", "php://filter", "php://fd", "phar://", "expect://",
          "data://text/plain", "data:text/plain;base64,pd9w", "allow_url_include", "auto_prepend_file",
          "eval(base64_decode", "eval(gzinflate", "eval($_", "assert($_", "system($_", "exec($_", "passthru(",
          "shell_exec(",
          "proc_open(", "call_user_func(", "create_function(", "-d allow_url"),
      Rule.of(933100, CRITICAL, PHP, "system(", "exec(", "popen(", "eval(")
          .then(
              "['\"](id|ls|cat |whoami|uname|wget|curl|dir|rm |nc |bash)"),
      Rule.of(933100, WARNING, PHP, "phpinfo(", "base64_decode(", "file_get_contents(", "$_get[", "$_post[",
          "$_request[", "$_server[").at(QUERY, BODY, COOKIE),
      Rule.of(933110, CRITICAL, OBJECT, "o:").then("\\+?[0-9]{1,4}:\"[^\"]*\":[0-9]+:\\{").at(QUERY, BODY, COOKIE),
      Rule.of(934100, CRITICAL, TEMPLATE, "{{", "${", "#{", "*{", "@(", "<%=", "${{", "{%")
          .then(
              " ?\\(?['\"]?[0-9]+['\"]? ?[*+] ?['\"]?[0-9]+['\"]? ?\\)? ?(\\}|\\)|%>)"),
      Rule.of(934100, CRITICAL, TEMPLATE, "{{", "${", "#{")
          .then(
              " ?(self\\.|config\\.|request\\.(application|attr|environ|class)|''|\"\"|\\[\\]|\\(\\)|_self|cycler|lipsum|joiner"
                  + "|app\\.request|constructor|this\\.constructor|range\\.constructor)"),
      Rule.of(934100, CRITICAL, TEMPLATE, "{{config}}", "{{['", "{{ ['", "|filter('system", "{{self}}", "{{ config }}",
          "{{dump(app)}}", "<#assign ",
          "freemarker.template.utility", "#set($", "{php}", "{% import ", "{%import ", "?new()",
          "constructor.constructor(",
          "<%= system", "<%=system", "<%= `", "<%=`", "<%= file.", "<%= 7", "t(java.lang", "{{#with \"s\"",
          "?api.class"),
      Rule.of(934110, CRITICAL, "insides of Python", "__subclasses__(", ".__class__.__", "__class__.__mro__",
          "__class__.__base__", "__globals__[", "__globals__.", "__builtins__.", "__import__('os')",
          "__import__(\"os\")",
          "['__class__']", "[\"__class__\"]", "|attr(", "os.popen('", "os.system('", "subprocess.popen("),
      Rule.of(934110, WARNING, "insides of Python", "__class__", "__globals__", "__mro__", "__import__(")
          .at(QUERY, BODY,
              COOKIE),
      Rule.of(934120, CRITICAL, "insides of JavaScript", "_$$nd_func$$_", "__proto__[", "__proto__.",
          "constructor.prototype", "constructor[prototype]", "require('child_process')", "require(\"child_process\")",
          "process.mainmodule.require", "global.process.mainmodule", "process.binding("),
      Rule.of(934120, CRITICAL, "insides of JavaScript", "__proto__").first().at(QUERY, BODY, COOKIE),
      Rule.of(934130, CRITICAL, OPERATOR, "[$ne]", "[$eq]", "[$gt]", "[$gte]", "[$lt]", "[$lte]", "[$in]", "[$nin]",
          "[$regex]", "[$where]", "[$exists]", "[$or]", "[$and]", "[$not]", "{\"$ne\"", "{\"$gt\"", "{\"$regex\"",
          "{\"$where\"",
          "{\"$nin\"", "{\"$or\"", "{ $ne:", "{$ne:", "{$gt:", "{ $gt:", "$where:")
          .at(QUERY,
              BODY, COOKIE),
      Rule.of(934130, CRITICAL, OPERATOR, "';return ", "'; return ").open().at(QUERY, BODY, COOKIE),
      Rule.of(934130, CRITICAL, OPERATOR, "$where", "$ne", "$gt", "$nin", "$regex", "$exists", "$function")
          .first()
          .then(
              "$")
          .at(BODY),
      Rule.of(944100, CRITICAL, LOOKUP, "${jndi:", "${${", "${lower:", "${upper:", "${::-", "$ {jndi:", "${jndi${"),
      Rule.of(944100, CRITICAL, LOOKUP, "${env:", "${sys:", "${date:", "${java:", "${ctx:", "${main:", "${bundle:",
          "${hostname", "${base64:", "${map:", "${k8s:", "${web:").then("[^}]*(:-|\\}.{0,3}ndi|\\$\\{|jndi)"),
      Rule.of(944100, WARNING, LOOKUP, "${env:", "${sys:", "${java:", "${hostname}", "jndi:ldap:", "jndi:rmi:",
          "jndi:dns:"),
      Rule.of(944110, CRITICAL, JAVA, "java.lang.runtime", "java.lang.processbuilder", "java.lang.system",
          ".getruntime().exec",
          "getclass().forname(", "class.forname(\"java", "class.forname('java", "class.module.classloader",
          "#_memberaccess",
          "@java.lang.", "%{(#", "%{#", "${#context", "#context[", "ognl.ognlcontext", "xwork.methodaccessor",
          "new java.lang.", "new javax.script.scriptenginemanager", "javax.script.scriptenginemanager",
          "org.springframework.context.support", "com.sun.rowset.jdbcrowsetimpl", "new java.util.scanner(",
          "java.net.urlclassloader", "java.beans.eventhandler", "org.apache.commons.collections.functors",
          "com.sun.org.apache.xalan", "spring.cloud.function.routing-expression", "#rt=@", "redirect:${",
          "redirect:%{"),
      Rule.of(944120, CRITICAL, OBJECT, "ro0ab", "aced0005", "\"$type\":\"system.", "aaeaaad/////", "gasv")
          .first()
          .at(
              QUERY, BODY, COOKIE),
      Rule.of(944120, CRITICAL, OBJECT, "!!python/object", "!!python/name", "!!javax.script", "!!ruby/object",
          "!ruby/object", "!!com.sun.", "cos system", "cposix system", "csubprocess popen", "\"@type\":\"java.",
          "\"@type\":\"com.sun.", "\"@type\":\"org.apache.", "system.windows.data.objectdataprovider")
          .at(QUERY, BODY,
              COOKIE),
      Rule.of(944130, CRITICAL, "an entity of XML from outside", "<!entity").then("[^>]*(system|public|['\"]&)"),
      Rule.of(944130, CRITICAL, "an entity of XML from outside", "<!doctype")
          .then("[^>\\[]*(\\[|system ['\"](file|http|ftp|php|jar))"),
      Rule.of(944130, CRITICAL, "an entity of XML from outside", "<xi:include ",
          "xmlns:xi=\"http://www.w3.org/2001/xinclude"));

  private CodeRules() {}
}
