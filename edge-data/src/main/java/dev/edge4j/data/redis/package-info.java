/**
 * Redis and Valkey, over Lettuce: keys and values, messages, and counts of rate limits that several nodes share. A client has one
 * connection that many threads use at once and that is made anew when it is lost; while it is away, calls fail soon instead of
 * piling up. Needs {@code io.lettuce:lettuce-core}, and a server of Redis 6.2 or later or any Valkey.
 *
 * <p>Start here: {@link dev.edge4j.data.redis.RedisKv}, {@link dev.edge4j.data.redis.RedisRates},
 * {@link dev.edge4j.data.redis.RedisPubSub}; under them {@link dev.edge4j.data.redis.Redis}.
 */
@NullMarked
package dev.edge4j.data.redis;

import org.jspecify.annotations.NullMarked;
