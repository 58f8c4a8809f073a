package dev.edge4j.data.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address says where the server is, who asks, and which database; what it is not is told without the password. */
class AddressesOfRedisTest {
  @Test
  void everythingButTheHostMayBeLeftOut() {
    assertEquals(new RedisAddress(false, "cache.example", 6379, Optional.empty(), Optional.empty(), 0),
        RedisAddress.parse("redis://cache.example"));
    assertEquals(new RedisAddress(true, "cache.example", 6380, Optional.of("ann"), Optional.of("s:e@c/r+t"), 3),
        RedisAddress.parse("rediss://ann:s%3Ae%40c%2Fr+t@cache.example:6380/3"));
    assertEquals(new RedisAddress(false, "::1", 6379, Optional.empty(), Optional.of("secret"), 0),
        RedisAddress.parse("redis://:secret@[::1]/"));
  }

  @Test
  void valkeyIsSpokenToAsRedisIs() {
    assertEquals(RedisAddress.parse("redis://a:b@h:1/2"), RedisAddress.parse("valkey://a:b@h:1/2"));
    assertEquals(RedisAddress.parse("rediss://h"), RedisAddress.parse("VALKEYS://h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "http://:secret@h", "redis:///1", "redis://:secret@h/x",
      "redis://:secret@h:99999", "redis://:secret@", "redis://:secret@h/-1",
      "redis://secret@h", "redis://:secret@h?db=1", "redis://:sec ret@h", "redis://:secret%zz@h",
      "redis://:secret@h/99999999"})
  void anythingElseIsRefusedWithoutTellingThePassword(String url) {
    String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> RedisAddress.parse(url))
        .getMessage());
    assertFalse(message.contains("secret") || message.contains("sec ret"), message);
  }

  @Test
  void aHostMayHaveAnUnderscore() {
    assertEquals(new RedisAddress(false, "my_redis", 6380, Optional.empty(), Optional.of("secret"), 1),
        RedisAddress.parse("redis://:secret@my_redis:6380/1"));
  }

  @Test
  void isPrintedWithoutTheLogin() {
    assertEquals("h:6379/2", RedisAddress.parse("redis://ann:secret@h/2").toString());
  }
}
