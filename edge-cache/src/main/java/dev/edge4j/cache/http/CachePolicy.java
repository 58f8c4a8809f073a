package dev.edge4j.cache.http;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What RFC 9111 leaves to a cache. Immutable; each setting gives another policy. {@link #EXPLICIT} is the safest: stored is what states
 * its own freshness, stale is used what says so itself.
 *
 * <p>A response that depends on a cookie must say so itself, with {@code private} or {@code Vary: Cookie}: cookies of the request are not
 * looked at.
 *
 * @param lifetimes what is granted where a response is silent
 * @param selection how variants are told apart
 * @param obeyed which directives of requests count
 * @param cookies what is done with responses that set cookies
 * @param targeted response fields that replace {@code Cache-Control} and {@code Expires} for this cache, the first one that is there and
 *     can be read (RFC 9213); {@code Surrogate-Control} is read in its own, looser grammar
 * @param wholes true if a miss asks for the whole: a client's conditions and ranges are taken out of the request that goes on, and
 *     held against the answer
 * @param parts true if a 206 is stored, for requests with the very same {@code Range}
 * @param trustsNotModified true if a 304 with another entity tag than the one validator that was sent is taken for that one all the same,
 *     against RFC 9111 section 4.3.4: for origins behind a filter that alters tags
 */
public record CachePolicy(Lifetimes lifetimes, Selection selection, Set<RequestDirective> obeyed, CookieRule cookies,
    List<String> targeted, boolean wholes, boolean parts, boolean trustsNotModified) {
  /** Stores only what states its own freshness, and uses it stale only where that says so. */
  public static final CachePolicy EXPLICIT = new CachePolicy(Lifetimes.STATED, Selection.PLAIN, RequestDirective
      .harmless(), CookieRule.NEVER, List.of("CDN-Cache-Control"), true, false, false);

  /** Copies the collections. */
  public CachePolicy {
    obeyed = obeyed.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(obeyed));
    targeted = List.copyOf(targeted);
  }

  /** How long responses with status 200 and 301 are fresh that do not say so themselves. */
  public CachePolicy freshFor(Duration time) {
    return freshFor(200, time).freshFor(301, time);
  }

  /** How long responses with status 404 are fresh that do not say so themselves. */
  public CachePolicy notFoundFor(Duration time) {
    return freshFor(404, time);
  }

  /** How long responses with that status are fresh that do not say so themselves. */
  public CachePolicy freshFor(int status, Duration time) {
    Map<Integer, Duration> byStatus = new HashMap<>(lifetimes.byStatus());
    byStatus.put(status, time);
    return with(new Lifetimes(byStatus, lifetimes.whileRevalidate(), lifetimes.ifError(), lifetimes.keep(), lifetimes
        .heuristicFraction(), lifetimes.heuristicMost()));
  }

  /** How long a response that says nothing of stale use may be used stale: while it is fetched anew, and if that fails. */
  public CachePolicy staleFor(Duration whileRevalidate, Duration ifError) {
    return with(new Lifetimes(lifetimes.byStatus(), whileRevalidate, ifError, lifetimes.keep(), lifetimes
        .heuristicFraction(), lifetimes.heuristicMost()));
  }

  /** How long past all use a response with a validator is kept. Default: 10 minutes. */
  public CachePolicy keepFor(Duration time) {
    return with(new Lifetimes(lifetimes.byStatus(), lifetimes.whileRevalidate(), lifetimes.ifError(), time, lifetimes
        .heuristicFraction(), lifetimes.heuristicMost()));
  }

  /** Freshness from {@code Last-Modified} where nothing is stated: that part of the time since, at most so long. Off by default. */
  public CachePolicy heuristic(double fraction, Duration most) {
    return with(new Lifetimes(lifetimes.byStatus(), lifetimes.whileRevalidate(), lifetimes.ifError(), lifetimes.keep(),
        fraction, most));
  }

  /** Request fields that every response depends on, beside those it names itself, and those named before. */
  public CachePolicy vary(List<String> fields) {
    return with(new Selection(fields, selection.mediaTypes(), selection.languages(), selection.byContentLanguage(),
        selection.most()));
  }

  /** The media types there are: {@code Accept} is taken for the one of them that it likes best. */
  public CachePolicy mediaTypes(String... offered) {
    return with(new Selection(selection.fields(), List.of(offered), selection.languages(), selection
        .byContentLanguage(), selection.most()));
  }

  /** The languages there are: {@code Accept-Language} is taken for the one of them that it likes best. */
  public CachePolicy languages(String... offered) {
    return with(new Selection(selection.fields(), selection.mediaTypes(), List.of(offered), selection
        .byContentLanguage(), selection.most()));
  }

  /** Whether a stored response in the language that a request likes best answers it, however its own request listed languages. */
  public CachePolicy byContentLanguage(boolean yes) {
    return with(new Selection(selection.fields(), selection.mediaTypes(), selection.languages(), yes, selection
        .most()));
  }

  /** The most variants of one target that are kept. Default: 32. */
  public CachePolicy variants(int most) {
    return with(new Selection(selection.fields(), selection.mediaTypes(), selection.languages(), selection
        .byContentLanguage(), most));
  }

  /** Which directives of requests count. Default: {@link RequestDirective#harmless()}. */
  public CachePolicy obey(Set<RequestDirective> directives) {
    return new CachePolicy(lifetimes, selection, directives, cookies, targeted, wholes, parts, trustsNotModified);
  }

  /** What is done with responses that set cookies. Default: {@link CookieRule#NEVER}. */
  public CachePolicy cookies(CookieRule rule) {
    return new CachePolicy(lifetimes, selection, obeyed, rule, targeted, wholes, parts, trustsNotModified);
  }

  /** The targeted fields, most specific first (RFC 9213). Default: {@code CDN-Cache-Control}. */
  public CachePolicy targeted(String... fields) {
    return new CachePolicy(lifetimes, selection, obeyed, cookies, List.of(fields), wholes, parts, trustsNotModified);
  }

  /** Whether a miss asks for the whole. Default: yes. */
  public CachePolicy wholes(boolean yes) {
    return new CachePolicy(lifetimes, selection, obeyed, cookies, targeted, yes, parts, trustsNotModified);
  }

  /** Whether a 206 is stored, for requests with the very same {@code Range}. Default: no. */
  public CachePolicy parts(boolean yes) {
    return new CachePolicy(lifetimes, selection, obeyed, cookies, targeted, wholes, yes, trustsNotModified);
  }

  /** Whether a 304 is believed although its entity tag is another one. Default: no. */
  public CachePolicy trustsNotModified(boolean yes) {
    return new CachePolicy(lifetimes, selection, obeyed, cookies, targeted, wholes, parts, yes);
  }

  boolean obeys(RequestDirective directive) {
    return obeyed.contains(directive);
  }

  private CachePolicy with(Lifetimes other) {
    return new CachePolicy(other, selection, obeyed, cookies, targeted, wholes, parts, trustsNotModified);
  }

  private CachePolicy with(Selection other) {
    return new CachePolicy(lifetimes, other, obeyed, cookies, targeted, wholes, parts, trustsNotModified);
  }
}
