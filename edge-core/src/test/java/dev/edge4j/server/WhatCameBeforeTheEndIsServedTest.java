package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.server.transport.Transport;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that sends all it has and closes its half is answered for all of it, however soon the end is seen behind the bytes. */
@Aside
class WhatCameBeforeTheEndIsServedTest {
  @TempDir Path folder;

  private void over(Transport transport, Consumer<Server> test) throws IOException {
    try (var server = Server.start(ContractApp.in(folder), ServerOptions.port(0)
        .withEndpoint(Endpoint.port(0).withHost("127.0.0.1").withTransport(transport)))) {
      for (int i = 0; i < 20; i++) {
        test.accept(server);
      }
    }
  }

  private static String answers(Server server, String requests) {
    try (var client = new RawClient(server)) {
      client.send(requests).closeOutput();
      return client.rest();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBody(Transport transport) throws IOException {
    String body = "x".repeat(1_000_000);
    over(transport, server -> {
      String answers = answers(server, "POST /count HTTP/1.1\r\nHost: t\r\nContent-Length: " + body.length()
          + "\r\n\r\n" + body);
      assertTrue(answers.endsWith("\r\n\r\n1000000"), answers);
    });
  }

  @ParameterizedTest
  @EnumSource
  void requestsInOneGo(Transport transport) throws IOException {
    over(transport, server -> assertEquals(10, answers(server, "GET / HTTP/1.1\r\nHost: t\r\n\r\n".repeat(10)).split(
        "HTTP/1.1 200", -1).length - 1));
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatIsCutIsAnError(Transport transport) throws IOException {
    over(transport, server -> {
      String answers = answers(server, "POST /count HTTP/1.1\r\nHost: t\r\nContent-Length: 100000\r\n\r\n"
          + "x".repeat(99_999));
      assertTrue(answers.startsWith("HTTP/1.1 400"), answers);
    });
  }

  @ParameterizedTest
  @EnumSource
  void aHeadThatIsCutIsNoRequest(Transport transport) throws IOException {
    over(transport, server -> assertEquals("", answers(server, "GET / HTTP/1.1\r\nHost:")));
  }
}
