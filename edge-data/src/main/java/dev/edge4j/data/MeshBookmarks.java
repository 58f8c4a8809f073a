package dev.edge4j.data;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Carries each visitor's bookmark from request to request, so that {@code mesh.session(c)} shows him his own writes and never goes back
 * in time, on whichever node he is answered. It is signed, in the cookies {@code __Host-mesh} (set where he has written) and
 * {@code __Host-mesh-seen} (where he has only read): an answer that overtakes another cannot take back what he has written. What is
 * brought is taken together, class by class the latest. Forged, foreign, damaged and oversized bookmarks are ignored.
 *
 * <p>Who brings no bookmark has written nothing, unless {@link #strict}. A request that asks for no session costs nothing. An answer
 * that sets a cookie is not to be stored by caches: it gets {@code Cache-Control: no-store} unless it is {@code private} or that already.
 *
 * <p>An answer for which something older than promised was read says of which classes: {@code X-Degraded: catalog}, and {@code no-store}.
 *
 * <p>A gate that never waits. Two writes of one visitor whose answers cross on their way can leave him with the earlier bookmark; who
 * must exclude that uses {@link #header} and takes both.
 */
public final class MeshBookmarks implements Gate {
  /** The field that carries a bookmark, signed as the cookies are, where {@link #header} is on. */
  public static final String FIELD = "X-Edge-Bookmark";
  /** The field that names the classes of data of which something older than promised was read. */
  public static final String DEGRADED = "X-Degraded";

  private static final String CACHE_CONTROL = "Cache-Control";
  /** Of a bookmark that is too long to be carried: whoever brings it is read at the origin. */
  private static final String TOO_LONG = "?";
  private static final SetCookie COOKIE = SetCookie.of("__Host-mesh", "").withMaxAge(Duration.ofDays(1));

  private final DataMesh mesh;
  private final CookieKeys keys;
  private final SetCookie pattern;
  private final String system;
  private final boolean header;
  private final boolean strict;
  private final Key<Optional<Bookmark>> begun = Key.named("the bookmark that the session began with");

  private MeshBookmarks(DataMesh mesh, CookieKeys keys, SetCookie pattern, String system, boolean header,
      boolean strict) {
    this.mesh = mesh;
    this.keys = keys;
    this.pattern = pattern;
    this.system = system;
    this.header = header;
    this.strict = strict;
  }

  /** Carries bookmarks of that mesh in cookies that these keys sign: the same on all nodes. */
  public static MeshBookmarks of(DataMesh mesh, CookieKeys keys) {
    return new MeshBookmarks(mesh, keys, COOKIE, "", false, false);
  }

  /** Names what the bookmarks are of: {@code shop-eu}. Those of another name are ignored, though the same keys have signed them. */
  public MeshBookmarks system(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("system: \"" + name + "\" (expected: up to 64 letters, digits, . _ -)");
    }
    return new MeshBookmarks(mesh, keys, pattern, name, header, strict);
  }

  /**
   * Uses a cookie of that name and those attributes, and a second one with {@code -seen} behind the name. Its {@code Max-Age}, a day unless
   * it is said here, is to be longer than a replica can ever be behind.
   */
  public MeshBookmarks carriedBy(SetCookie cookie) {
    return new MeshBookmarks(mesh, keys, cookie.withValue(""), system, header, strict);
  }

  /** Takes and gives the bookmark in {@link #FIELD} too: for clients without cookies, and between services. */
  public MeshBookmarks header() {
    return new MeshBookmarks(mesh, keys, pattern, system, true, strict);
  }

  /** Takes who brings no bookmark for somebody who may have written a moment ago: he is read at the origin once. */
  public MeshBookmarks strict() {
    return new MeshBookmarks(mesh, keys, pattern, system, header, true);
  }

  @Override
  public Verdict before(Context c) {
    mesh.bring(c, () -> {
      Optional<Bookmark> brought = brought(c.headers());
      c.set(begun, brought);
      return brought;
    });
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    return mesh.askedFor(c).map(session -> marked(carried(c, response, session), session)).orElse(response);
  }

  /** Empty if it is not known what the visitor has written. */
  private Optional<Bookmark> brought(Headers headers) {
    var texts = new ArrayList<String>();
    keys.readSigned(headers, pattern.name()).ifPresent(texts::add);
    keys.readSigned(headers, seenName()).ifPresent(texts::add); // counts where histories differ, for a read renews it
    if (header) {
      headers.first(FIELD).flatMap(value -> keys.verify(FIELD, value)).ifPresent(texts::add);
    }
    Bookmark merged = Bookmark.NONE;
    boolean known = !strict;
    for (String text : texts) {
      if (text.equals(system + "!" + TOO_LONG)) {
        return Optional.empty();
      }
      Optional<Bookmark> one = text.startsWith(system + "!") ? Bookmark.parse(text.substring(system.length() + 1))
          : Optional.empty();
      known |= one.isPresent();
      merged = merged.merge(one.orElse(Bookmark.NONE));
    }
    return known ? Optional.of(merged.only(mesh.readAfterWriteClasses())) : Optional.empty();
  }

  /** The response with the bookmark, if the visitor does not have it already. */
  private Response carried(Context c, Response response, MeshSession session) {
    Bookmark now = session.bookmark();
    Optional<Bookmark> before = c.get(begun).flatMap(brought -> brought);
    if (now.equals(before.orElse(Bookmark.NONE))) {
      return response;
    }
    String text = now.text();
    String carried = system + "!" + (text.length() > Bookmark.MAX_LENGTH ? TOO_LONG : text);
    SetCookie cookie = session.visit().hasWritten() ? pattern
        : new SetCookie(seenName(), "", pattern.path(), pattern.domain(), pattern.maxAge(), pattern.httpOnly(),
            pattern.secure(), pattern.sameSite(), pattern.partitioned(), pattern.priority());
    String sealed = pattern.maxAge()
        .map(age -> keys.sign(cookie.name(), carried, age))
        .orElseGet(() -> keys.sign(cookie.name(), carried));
    Response with = unstored(response).withCookie(cookie.withValue(sealed));
    return header ? with.withHeader(FIELD, keys.sign(FIELD, carried)) : with;
  }

  private static Response marked(Response response, MeshSession session) {
    if (session.visit().degraded().isEmpty()) {
      return response;
    }
    var parts = new TreeSet<>(session.visit().degraded());
    parts.addAll(response.headers().list(DEGRADED));
    return unstored(response).withHeader(DEGRADED, String.join(", ", parts));
  }

  /** What holds a visitor's cookie, or is stale without a word to caches, must not be shown to another. */
  private static Response unstored(Response response) {
    boolean personal = response.headers()
        .list(CACHE_CONTROL)
        .stream()
        .map(directive -> directive.toLowerCase(Locale.ROOT))
        .anyMatch(directive -> directive.equals("private") || directive.equals("no-store"));
    return personal ? response : response.withHeader(CACHE_CONTROL, "no-store");
  }

  private String seenName() {
    return pattern.name() + "-seen";
  }
}
