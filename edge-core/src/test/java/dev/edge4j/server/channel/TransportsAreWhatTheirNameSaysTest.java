package dev.edge4j.server.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.server.transport.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where all are there, each name gives its own, and AUTO gives epoll. */
class TransportsAreWhatTheirNameSaysTest {
  @ParameterizedTest
  @CsvSource({"AUTO, Epoll", "EPOLL, Epoll", "IO_URING, IoUring", "NIO, Nio"})
  void theChannelsAreOfTheTransport(Transport transport, String prefix) {
    Sockets sockets = Sockets.of(transport);
    assertEquals(prefix + "ServerSocketChannel", sockets.tcp().getSimpleName());
    assertEquals(prefix + "ServerDomainSocketChannel", sockets.unix().getSimpleName());
  }
}
