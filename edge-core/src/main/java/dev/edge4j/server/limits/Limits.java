package dev.edge4j.server.limits;

/**
 * Everything a server puts up with, on by default.
 *
 * @param requests how large a request may be
 * @param timeouts how long a client may take
 * @param concurrency how much runs at a time
 * @param clients what one client, and all together, may take of the connections
 * @param http2 what one HTTP/2 connection may take beside
 * @param webSockets what one WebSocket may take
 */
public record Limits(RequestLimits requests, Timeouts timeouts, Concurrency concurrency, ClientLimits clients,
    Http2Limits http2, WebSocketLimits webSockets) {
  public static Limits defaults() {
    return new Limits(RequestLimits.defaults(), Timeouts.defaults(), Concurrency.defaults(), ClientLimits.defaults(),
        Http2Limits.defaults(), WebSocketLimits.defaults());
  }

  public Limits withRequests(RequestLimits newRequests) {
    return new Limits(newRequests, timeouts, concurrency, clients, http2, webSockets);
  }

  public Limits withTimeouts(Timeouts newTimeouts) {
    return new Limits(requests, newTimeouts, concurrency, clients, http2, webSockets);
  }

  public Limits withConcurrency(Concurrency newConcurrency) {
    return new Limits(requests, timeouts, newConcurrency, clients, http2, webSockets);
  }

  public Limits withClients(ClientLimits newClients) {
    return new Limits(requests, timeouts, concurrency, newClients, http2, webSockets);
  }

  public Limits withHttp2(Http2Limits newHttp2) {
    return new Limits(requests, timeouts, concurrency, clients, newHttp2, webSockets);
  }

  public Limits withWebSockets(WebSocketLimits newWebSockets) {
    return new Limits(requests, timeouts, concurrency, clients, http2, newWebSockets);
  }
}
