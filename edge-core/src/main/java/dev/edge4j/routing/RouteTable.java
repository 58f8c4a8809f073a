package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All routes of an application, compiled into a radix tree over the characters of their paths. Immutable and safe for use by many
 * threads; a lookup takes no lock, and none that ends at a pattern without expressions allocates.
 *
 * <p>A request is answered by the first registration whose method, host and pattern match, in the order of registration and in no
 * other: what is more specific does not come first. What one pattern means does not depend on what else is registered.
 *
 * <p>Paths are compared as they are, in the form that {@link dev.edge4j.http.RequestTarget#path} gives them.
 */
public final class RouteTable<T> {
  /** In place of a method: every method. */
  public static final String ANY = "*";

  private final Node<T> root;

  private RouteTable(Node<T> root) {
    this.root = root;
  }

  /** A table to be filled. */
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /** One registration. Immutable. */
  public static final class Entry<T> {
    private final int order;
    private final String method;
    private final @Nullable HostPattern host;
    private final PathPattern pattern;
    private final T value;
    /** Made once, so that an answer costs no allocation. */
    private final Optional<Entry<T>> answer;

    private Entry(int order, String method, @Nullable HostPattern host, PathPattern pattern, T value) {
      this.order = order;
      this.method = method;
      this.host = host;
      this.pattern = pattern;
      this.value = value;
      this.answer = Optional.of(this);
    }

    /** Its place among all registrations of the table, from 0. */
    public int order() {
      return order;
    }

    /** The method it was registered for, or {@link RouteTable#ANY}. */
    public String method() {
      return method;
    }

    /** The pattern it was registered under. */
    public PathPattern pattern() {
      return pattern;
    }

    /** What was registered. */
    public T value() {
      return value;
    }

    /** @param asked {@link #ANY} asks for every method */
    boolean answers(String asked, String onHost) {
      return (asked.equals(method) || method.equals(ANY) || asked.equals(ANY)) && (host == null || host.matches(
          onHost));
    }

    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }

  /** As {@link #find(String, String, String)}, for tables without hosts. */
  public Optional<Entry<T>> find(String method, String path) {
    return find(method, "", path);
  }

  /**
   * The first registration that answers, in registration order.
   *
   * @param method compared case sensitively
   * @param host in lower case, without a port; empty if there is none
   * @throws dev.edge4j.http.BadRequestException if the expressions on its way would read too much of the path
   */
  public Optional<Entry<T>> find(String method, String host, String path) {
    Entry<T> found = Search.first(root, path, method, host, -1);
    return found == null ? Optional.empty() : found.answer;
  }

  /** Every registration that answers, in registration order. */
  public List<Entry<T>> all(String method, String path) {
    return all(method, "", path);
  }

  private List<Entry<T>> all(String method, String host, String path) {
    List<Entry<T>> all = new ArrayList<>();
    Entry<T> next = Search.first(root, path, method, host, -1);
    while (next != null) {
      all.add(next);
      next = Search.first(root, path, method, host, next.order);
    }
    return Collections.unmodifiableList(all);
  }

  /** As {@link #methods(String, String)}, for tables without hosts. */
  public Set<String> methods(String path) {
    return methods("", path);
  }

  /**
   * The methods that some registration names for this path, in registration order: what {@code Allow} lists (RFC 9110 section
   * 10.2.1). Registrations for {@link #ANY} method do not count.
   */
  public Set<String> methods(String host, String path) {
    Set<String> methods = new LinkedHashSet<>();
    for (Entry<T> entry : all(ANY, host, path)) {
      if (!entry.method.equals(ANY)) {
        methods.add(entry.method);
      }
    }
    return Collections.unmodifiableSet(methods);
  }

  /** Gathers registrations. Not safe for use by many threads. */
  public static final class Builder<T> {
    private final List<Entry<T>> entries = new ArrayList<>();

    private Builder() {}

    /** Registers a value after all others, for every host. */
    public Builder<T> add(String method, PathPattern pattern, T value) {
      entries.add(new Entry<>(entries.size(), method, null, pattern, value));
      return this;
    }

    /** Registers a value after all others, for one host. */
    public Builder<T> add(String method, HostPattern host, PathPattern pattern, T value) {
      entries.add(new Entry<>(entries.size(), method, host, pattern, value));
      return this;
    }

    /** Compiles what was registered so far; the builder may be used on. */
    public RouteTable<T> build() {
      return new RouteTable<>(TreeBuilder.root(entries));
    }
  }
}
