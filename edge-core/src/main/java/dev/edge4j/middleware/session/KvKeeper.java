package dev.edge4j.middleware.session;

import dev.edge4j.http.CookieKeys;
import dev.edge4j.kv.KvStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A store keeps the session, under the hash of an id that only the browser has: who reads the store cannot act for anybody. The id is
 * signed too, so what was made up does not reach the store.
 */
record KvKeeper(KvStore store, CookieKeys keys, String name, Lifetime lifetime, InstantSource time,
    SecureRandom random) implements Keeper {
  private static final int ID_BYTES = 32;
  private static final int MAX_BYTES = 256 * 1024;
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  @Override
  public Optional<Kept> load(String cookie) {
    return keys.verify(name, cookie).flatMap(id -> stored(id).map(data -> new Kept(id, keys.sign(name, id), data))); // by the newest key
  }

  @Override
  public Kept create(SessionData data) {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    put(id, data);
    return new Kept(id, keys.sign(name, id), data);
  }

  @Override
  public Optional<Kept> change(Kept kept, UnaryOperator<SessionData> change) {
    return stored(kept.id()).map(now -> {
      SessionData changed = change.apply(now);
      put(kept.id(), changed);
      return new Kept(kept.id(), kept.cookie(), changed);
    });
  }

  @Override
  public void delete(Kept kept) {
    store.delete(key(kept.id()));
  }

  private Optional<SessionData> stored(String id) {
    return store.get(key(id)).flatMap(SessionData::decode);
  }

  private void put(String id, SessionData data) {
    byte[] bytes = data.encode();
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("session of " + bytes.length + " bytes (expected: at most " + MAX_BYTES
          + "; keep what is large elsewhere, and its name here)");
    }
    Duration rest = data.rest(lifetime, time.instant());
    store.put(key(id), bytes, rest.compareTo(SHORTEST) > 0 ? rest : SHORTEST);
  }

  private static String key(String id) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return "session:" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
