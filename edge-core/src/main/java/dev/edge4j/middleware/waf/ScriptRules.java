package dev.edge4j.middleware.waf;

import static dev.edge4j.middleware.waf.Severity.CRITICAL;
import static dev.edge4j.middleware.waf.Severity.WARNING;

import java.util.List;

/** Family 941: markup that runs scripts. A handler's name alone is talk about code; in a tag or behind a quote it is one. */
final class ScriptRules {
  private static final String ELEMENT = "an element that runs scripts or loads them";
  private static final String HANDLER = "an event handler in a tag";
  private static final String SCHEME = "a URL that is a script";
  private static final String CALL = "a call that scripts of attackers make";
  private static final String IN_TAG = " [^<>]*[a-z]+ ?=";

  static final List<Rule> ALL = List.of(
      Rule.of(941100, CRITICAL, ELEMENT, "<script", "</script", "< script").then("[ />]|$|\\W"),
      Rule.of(941100, CRITICAL, ELEMENT, "<iframe", "<frameset", "<applet", "<isindex", "<xss").then("[ />]"),
      Rule.of(941100, CRITICAL, ELEMENT, "<object", "<embed", "<base", "<svg", "<math", "<frame", "<link", "<portal")
          .then(
              "[ /][^<>]*(data|src|href|code|onload|type|classid|action) ?=[ '\"]?(data|javascript|vbscript|https?|//|[a-z]+\\.js)"),
      Rule.of(941100, CRITICAL, ELEMENT, "<meta").then("[ /][^<>]*http-equiv ?= ?['\"]?(refresh|set-cookie|link)"),
      Rule.of(941100, CRITICAL, ELEMENT, "<style", "<img", "<div", "<input", "<body", "<table", "<td", "<bgsound",
          "<layer",
          "<image", "<br")
          .then(
              "[ />][^<]*(javascript:|vbscript:|expression ?\\(|@import|-moz-binding|behavior ?:|livescript:)"),
      Rule.of(941100, CRITICAL, ELEMENT, "<animate", "<set", "<use", "<foreignobject", "<feimage").then(IN_TAG),
      Rule.of(941100, CRITICAL, ELEMENT, "srcdoc").near("<").then(" ?="),
      Rule.of(941110, CRITICAL, HANDLER, "onerror", "onload", "onclick", "ondblclick", "onmouseover", "onmouseenter",
          "onmouseleave", "onmouseout", "onmousemove", "onmousedown", "onmouseup", "onmousewheel", "onfocus",
          "onfocusin",
          "onfocusout", "onblur", "onchange", "oninput", "oninvalid", "onkeydown", "onkeypress", "onkeyup", "onsubmit",
          "onreset",
          "onselect", "ontoggle", "onstart", "onbegin", "onend", "onrepeat", "onfinish", "onbounce", "onanimationstart",
          "onanimationend", "onanimationiteration", "ontransitionend", "ontransitionrun", "onpointerover",
          "onpointerenter",
          "onpointerdown", "onpointermove", "onpointerrawupdate", "onwheel", "onscroll", "onscrollend", "onresize",
          "oncopy",
          "oncut", "onpaste", "ondrag", "ondragstart", "ondrop", "ontouchstart", "ontouchend", "ontouchmove",
          "onpageshow",
          "onpagehide", "onhashchange", "onpopstate", "onbeforeunload", "onunload", "onmessage", "onloadstart",
          "onloadeddata", "onloadedmetadata", "oncanplay", "onplay", "onplaying", "ondurationchange", "ontimeupdate",
          "onbeforeinput", "onauxclick", "oncontextmenu", "onsearch", "onafterprint", "onbeforeprint", "onbeforetoggle",
          "onreadystatechange", "onactivate", "onbeforeactivate", "onpropertychange", "oncuechange", "onformdata",
          "onsecuritypolicyviolation", "onslotchange", "oncontentvisibilityautostatechange", "ongotpointercapture",
          "onlostpointercapture", "onbeforematch", "onsuspend", "onstalled", "onwaiting")
          .near("<\"'`")
          .then(" ?= ?\\S"),
      Rule.of(941120, CRITICAL, SCHEME, "javascript:", "java script:", "vbscript:", "livescript:")
          .then(
              "[ /*]*(//|/\\*|[\\w.$\\[\\]'\"/*` \\\\]{0,48}[(`=]|void|%|[\\[{'\"!+~-]|throw\\b)"),
      Rule.of(941120, CRITICAL, SCHEME, "data:text/html", "data:text/xml", "data:image/svg+xml",
          "data:application/xhtml")
          .then(
              "[^ ]*(;base64,pht|;base64,phn2zy|;base64,pd94|,[^ ]{0,8}<|,%3c)"),
      Rule.of(941120, CRITICAL, SCHEME, "data:text/html;base64,", "data:text/html,", "data:text/html;charset").first(),
      Rule.of(941130, WARNING, CALL, "document.cookie", "document.domain", "document.location", "localstorage.getitem"),
      Rule.of(941130, CRITICAL, CALL, "';alert(", "'-alert(", "\"-alert(", "\";alert(", "');alert(", "\");alert(",
          "'+alert(", "\"+alert(", "'; alert(", "\"; alert(", "';prompt(", "'-prompt(", "\"-prompt(", "\";prompt(",
          "');prompt(", "\");prompt(", "'+prompt(", "\"+prompt(", "'; prompt(", "\"; prompt(", "';confirm(",
          "'-confirm(", "\"-confirm(", "\";confirm(", "');confirm(", "\");confirm(", "'+confirm(", "\"+confirm(",
          "'; confirm(", "\"; confirm("),
      Rule.of(941140, WARNING, CALL, "alert(", "confirm(", "prompt(", "eval(", "alert`", "document.write(",
          "string.fromcharcode(",
          "window.location", "atob(", "innerhtml=", ".innerhtml =", "window['", "self['", "top['", "import('//"),
      Rule.of(941150, CRITICAL, CALL, "fromcharcode(").then("[0-9]{1,3} ?,"),
      Rule.of(941150, CRITICAL, CALL, "eval(atob(", "eval(string.fromcharcode", "eval(name)", "settimeout('alert",
          "window['alert']", "top['alert']", "self['alert']", "window[\"alert\"]", "[].constructor.constructor",
          "[][(![]+[])",
          "alert.call(", "alert?.(", "(alert)(", "onerror=alert", "top[/al/.source", "document.cookie)",
          "=document.cookie",
          "+document.cookie"));

  private ScriptRules() {}
}
