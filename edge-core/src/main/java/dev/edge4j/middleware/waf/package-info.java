/**
 * A firewall for what is in a request: rules that look for attacks in path, query, header fields, cookies and the beginning of the body, whose
 * findings add up to a score. It is a second line: it stops what is known and blunt, and replaces neither bound parameters nor escaped output.
 *
 * <p>Start here: {@link dev.edge4j.middleware.waf.Waf}, then {@link dev.edge4j.middleware.waf.Rule} for rules of your own.
 */
@NullMarked
package dev.edge4j.middleware.waf;

import org.jspecify.annotations.NullMarked;
