package dev.edge4j.data.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Opens connections of Lettuce, each once: none of them reconnects by itself. */
final class Connections implements AutoCloseable {
  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI uri;

  Connections(RedisAddress address, RedisOptions options) {
    this.uri = uri(address, options);
    this.resources = DefaultClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
    this.client = RedisClient.create(resources, uri);
    client.setOptions(clientOptions(options));
  }

  private static RedisURI uri(RedisAddress address, RedisOptions options) {
    RedisURI.Builder builder = RedisURI.builder()
        .withHost(address.host())
        .withPort(address.port())
        .withSsl(address.tls())
        .withVerifyPeer(true)
        .withDatabase(address.database())
        .withTimeout(options.connectTimeout());
    address.password()
        .ifPresent(password -> address.user()
            .ifPresentOrElse(user -> builder.withAuthentication(user, password),
                () -> builder.withPassword((CharSequence) password)));
    return builder.build();
  }

  private static ClientOptions clientOptions(RedisOptions options) {
    SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider().handshakeTimeout(options.connectTimeout());
    options.trust().ifPresent(pem -> ssl.trustManager(pem.toFile()));
    return ClientOptions.builder()
        .autoReconnect(false)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(options.capacity())
        .protocolVersion(ProtocolVersion.RESP3) // the one in which a subscriber may ask for a sign of life
        .timeoutOptions(TimeoutOptions.create()) // times are kept by who waits
        .socketOptions(SocketOptions.builder()
            .connectTimeout(options.connectTimeout())
            .tcpNoDelay(true)
            .keepAlive(true)
            .build())
        .sslOptions(ssl.build())
        .build();
  }

  Link.Opening<StatefulRedisConnection<byte[], byte[]>> commands() {
    return new Link.Opening<>() {
      @Override
      public CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open() {
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
      }

      @Override
      public void prepare(StatefulRedisConnection<byte[], byte[]> connection) {
        // Scripts are learnt when they are called.
      }
    };
  }

  ConnectionFuture<StatefulRedisPubSubConnection<byte[], byte[]>> messages() {
    return client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri);
  }

  @Override
  public void close() {
    client.shutdown(0, 2, TimeUnit.SECONDS);
    var _ = resources.shutdown(0, 2, TimeUnit.SECONDS);
  }
}
