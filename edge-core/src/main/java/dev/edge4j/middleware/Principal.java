package dev.edge4j.middleware;

import dev.edge4j.Key;
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

  /** Copies the roles and the claims. */
  public Principal {
    roles = Set.copyOf(roles);
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }

  /** True if the subject has that role. */
  public boolean hasRole(String role) {
    return roles.contains(role);
  }
}
