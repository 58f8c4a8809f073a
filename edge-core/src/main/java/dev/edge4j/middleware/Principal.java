package dev.edge4j.middleware;

import dev.edge4j.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who sent a request, proved by an authenticating middleware such as {@link JwtAuth}. A request without one is anonymous.
 *
 * @param subject who it is, unique within the application
 * @param roles what the subject may act as
 * @param claims everything else the proof says; numbers and texts as JSON has them
 */
public record Principal(String subject, Set<String> roles, Map<String, Object> claims) {
  /** Where the principal of a request stands, if it has one. */
  public static final Key<Principal> KEY = Key.named("principal");

  /** Copies the roles and the claims, all the way down: a principal is shared by all requests that its proof came with. */
  public Principal {
    roles = Set.copyOf(roles);
    var copy = new LinkedHashMap<String, Object>();
    claims.forEach((name, value) -> copy.put(name, frozen(value)));
    claims = Collections.unmodifiableMap(copy);
  }

  private static Object frozen(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, Object>();
        map.forEach((name, member) -> copy.put(name, frozen(member)));
        yield Collections.unmodifiableMap(copy);
      }
      case Collection<?> list -> {
        var copy = new ArrayList<>();
        list.forEach(member -> copy.add(frozen(member)));
        yield Collections.unmodifiableList(copy);
      }
      case null, default -> value;
    };
  }

  /** True if the subject has that role. */
  public boolean hasRole(String role) {
    return roles.contains(role);
  }
}
