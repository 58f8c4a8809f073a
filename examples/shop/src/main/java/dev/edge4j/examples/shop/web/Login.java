package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.Routes;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.examples.shop.accounts.Account;
import dev.edge4j.examples.shop.accounts.Accounts;
import dev.edge4j.examples.shop.accounts.Sessions;
import dev.edge4j.examples.shop.accounts.VisitorCookie;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.text.Typed;
import dev.edge4j.http.Response;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Logging in and out, for browsers and for programs. */
public final class Login {
  /**
   * The model of the login page.
   *
   * @param email what was typed into the form for accounts that are there
   * @param newName what was typed into the form for new ones
   */
  record Model(Frame frame, Optional<String> problem, String demoEmail, String demoPassword, String next,
      String email, String newName, String newEmail) {}

  /** The body of {@code POST /api/login}. */
  record Credentials(String email, String password) {}

  /** The body of {@code POST /api/register}. */
  record NewAccount(String name, String email, String password) {}

  /** A token, to be sent as {@code Authorization: Bearer}. */
  record Token(String token, long expiresInSeconds, String name) {}

  private final Accounts accounts;
  private final Sessions sessions;
  private final Carts carts;
  private final Frames frames;

  public Login(Accounts accounts, Sessions sessions, Carts carts, Frames frames) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.carts = carts;
    this.frames = frames;
  }

  /** Registers the pages that need no account to be looked up. */
  public void routes(Routes app) {
    app.get("/login", c -> page(c, 200, Optional.empty()));
    app.post("/logout", c -> sessions.logout(c, frames.redirect(c, "/")));
    app.post("/logout/everywhere", c -> {
      sessions.logoutEverywhere(c);
      return sessions.logout(c, frames.redirect(c, "/login"));
    });
  }

  /** Registers the forms that prove or open an account. */
  public void origin(Routes origin) {
    origin.post("/login", c -> enter(c, () -> accounts.login(c.form("email").asString(), c.form("password")
        .asString())));
    origin.post("/register", c -> enter(c, () -> accounts.register(c.form("name").asString(), c.form("email")
        .asString(), c.form("password").asString(), c.geo().country())));
  }

  /** Registers the same for programs. */
  public void api(Routes api) {
    api.post("/login", c -> {
      Credentials given = c.body(Credentials.class);
      return token(c, 200, c.timed("origin", () -> accounts.login(given.email(), given.password())));
    });
    api.post("/register", c -> {
      NewAccount given = c.body(NewAccount.class);
      return token(c, 201, c.timed("origin", () -> accounts.register(given.name(), given.email(), given.password(), c
          .geo()
          .country())));
    });
  }

  private Response token(Context c, int status, Account account) {
    merge(c, account);
    return c.json(status, new Token(sessions.token(account), Sessions.LIFETIME.toSeconds(), account.name()))
        .withHeader("Cache-Control", "private, no-store");
  }

  private Response enter(Context c, Callable<Account> proof) throws Exception {
    try {
      Account account = c.timed("origin", proof);
      merge(c, account);
      return sessions.login(c, frames.redirect(c, Frames.local(c.form("next").text(), "/")), account);
    } catch (ServiceUnavailable e) {
      throw e; // it says when to come back
    } catch (HttpError e) {
      return page(c, e.status(), Optional.of(Frames.sentence(e.detail())));
    }
  }

  /** What was collected before logging in is not lost by it. */
  private void merge(Context c, Account account) {
    VisitorCookie.Visitor visitor = c.require(VisitorCookie.KEY);
    if (!visitor.isNew()) {
      carts.merge(visitor.id(), account.id());
    }
  }

  private Response page(Context c, int status, Optional<String> problem) throws Exception {
    boolean again = problem.isPresent();
    String next = Frames.local(again ? c.form("next").text() : c.query("next").text(), "/");
    Frame frame = frames.frame(c, "Log in", "Log in, or open an account.");
    String name = again ? Typed.withoutControls(c.form("name").orElse("")) : "";
    String email = again ? Typed.withoutControls(c.form("email").orElse("")) : "";
    boolean opening = c.path().equals("/register");
    return frames.page(c, status, "login", new Model(frame, problem, Accounts.DEMO_EMAIL, Accounts.DEMO_PASSWORD, next,
        opening ? "" : email, name, opening ? email : ""));
  }
}
