package dev.edge4j.middleware.session;

import dev.edge4j.http.CookieKeys;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The browser keeps the session, encrypted. It cannot be taken back, and the last response wins. */
record CookieKeeper(CookieKeys keys, String name) implements Keeper {
  @Override
  public Optional<Kept> load(String cookie) {
    return keys.decrypt(name, cookie)
        .flatMap(text -> SessionData.decode(text.getBytes(StandardCharsets.UTF_8)))
        .map(data -> new Kept("", cookie, data));
  }

  @Override
  public Kept create(SessionData data) {
    return new Kept("", keys.encrypt(name, new String(data.encode(), StandardCharsets.UTF_8)), data);
  }

  @Override
  public Optional<Kept> change(Kept kept, UnaryOperator<SessionData> change) {
    return Optional.of(create(change.apply(kept.data())));
  }

  @Override
  public void delete(Kept kept) {
    // The response deletes the cookie; a copy of it stays good until its time is over.
  }
}
