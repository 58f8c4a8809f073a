package dev.edge4j.examples.shop.accounts;

import dev.edge4j.BadRequest;
import dev.edge4j.FieldError;
import dev.edge4j.HttpError;
import dev.edge4j.cache.Cache;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.text.Typed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts of the shop, written at the origin. Logging in with a wrong password and with an unknown address look
 * the same and take the same time. Registering cannot hide that an address is taken without sending mail; it at least
 * says so in the words of a failed login, and is rate limited like one. Safe for use by many threads.
 */
public final class Accounts {
  /** The class of data in the mesh. */
  public static final String CLASS = "profiles";

  /** The account shown on the login page. */
  public static final String DEMO_EMAIL = "demo@shop.example";
  public static final String DEMO_PASSWORD = "edge-first";

  /** The account of who may change what is sold. */
  public static final String KEEPER_EMAIL = "keeper@shop.example";

  private static final int MAX_TEXT = 200;
  private static final int MIN_PASSWORD = 8;

  private static final String KEEPER = "keeper";
  private static final String CUSTOMER = "customer";

  record Row(long id, String email, String name, String passwordHash, String role) {
    Account account() {
      return new Account(id, email, name, role.equals(KEEPER));
    }
  }

  private final DataMesh mesh;
  private final Passwords passwords;
  private final InstantSource clock;
  private final Cache<Long, Account> byId = Cache.<Long, Account>named("account")
      .freshFor(Duration.ofMinutes(5))
      .staleIfError(Duration.ofHours(24)) // a name; what an account may do is in the token
      .options(o -> o.withHardTimeout(Duration.ofSeconds(1)))
      .memory(10_000)
      .build();

  public Accounts(DataMesh mesh, Passwords passwords, InstantSource clock) {
    this.mesh = mesh;
    this.passwords = passwords;
    this.clock = clock;
  }

  public Optional<Account> find(long id) {
    return byId.find(id, key -> mesh.session()
        .queryOne(CLASS, Row.class, "SELECT * FROM users WHERE id = :id", Map.of("id", key))
        .map(Row::account));
  }

  /** The account of that address and password; 401 in one form for all that may be wrong. */
  public Account login(String email, String password) {
    Optional<Row> row = password.length() > MAX_TEXT ? Optional.empty() : byEmail(normal(email));
    if (row.isEmpty()) {
      passwords.matchNobody(password.substring(0, Math.min(password.length(), MAX_TEXT)));
    }
    return row.filter(found -> passwords.matches(password, found.passwordHash()))
        .map(Row::account)
        .orElseThrow(() -> new HttpError(401, "that email and password do not belong together"));
  }

  /** A new account; 400 naming the fields that will not do. Registering twice with one password is logging in. */
  public Account register(String name, String email, String password, Optional<String> region) {
    check(name, email, password);
    try {
      return open(name.strip(), normal(email), password, region, CUSTOMER);
    } catch (StoreException e) {
      if (e.constraintViolated()) {
        return login(email, password);
      }
      throw e;
    }
  }

  /** In one transaction, its role too: an account that was there without could not be told from one that has none. */
  private Account open(String name, String email, String password, Optional<String> region, String role) {
    String hash = passwords.hash(password);
    return mesh.session().transaction(CLASS, transaction -> {
      transaction.update("INSERT INTO users (email, name, region, password_hash, role, created_at)"
          + " VALUES (:email, :name, :region, :hash, :role, :now)",
          Map.of("email", email, "name", name, "region", region, "hash", hash, "role", role, "now", clock.instant()));
      return transaction.queryOne(Row.class, "SELECT * FROM users WHERE email = :email", Map.of("email", email))
          .orElseThrow()
          .account();
    });
  }

  /** Makes the demonstration's account, if it is not there. */
  public void openDemo() {
    if (byEmail(DEMO_EMAIL).isEmpty()) {
      register("Demo", DEMO_EMAIL, DEMO_PASSWORD, Optional.empty());
    }
  }

  /** Makes the account of who may change what is sold, if it is not there; its password is the text of a file of the shop. */
  public void openKeeper(String password) {
    if (byEmail(KEEPER_EMAIL).isEmpty()) {
      var _ = open("Keeper", KEEPER_EMAIL, password, Optional.empty(), KEEPER);
    }
  }

  private Optional<Row> byEmail(String email) {
    return mesh.session()
        .queryOne(CLASS, Row.class, "SELECT * FROM users WHERE email = :email", Map.of("email", email));
  }

  private static void check(String name, String email, String password) {
    List<FieldError> wrong = new ArrayList<>();
    if (name.length() > MAX_TEXT || !Typed.isLine(name.strip())) {
      wrong.add(new FieldError("name", "must be 1 to " + MAX_TEXT + " characters of one line, none of them hidden"));
    }
    if (!isAddress(email.strip())) {
      wrong.add(new FieldError("email", "must be an address such as name@example.com"));
    }
    if (password.length() < MIN_PASSWORD || password.length() > MAX_TEXT) {
      wrong.add(new FieldError("password", "must be " + MIN_PASSWORD + " to " + MAX_TEXT + " characters"));
    }
    if (!wrong.isEmpty()) {
      throw new BadRequest(wrong);
    }
  }

  private static boolean isAddress(String email) {
    int at = email.indexOf('@');
    return at > 0 && at < email.length() - 1 && email.length() <= MAX_TEXT && Typed.isLine(email) && email.codePoints()
        .noneMatch(Accounts::isNoPartOfAnAddress);
  }

  /** Spaces of any kind, and joiners: an account that looks like another's is not his. */
  private static boolean isNoPartOfAnAddress(int ch) {
    return Character.isSpaceChar(ch) || Character.getType(ch) == Character.FORMAT;
  }

  /** An address as accounts are known by it; what is too long to be one is cut. */
  static String normal(String email) {
    String one = email.strip().toLowerCase(Locale.ROOT);
    return one.substring(0, Math.min(one.length(), MAX_TEXT + 1));
  }
}
