/** Tests of Redis against a real server. */
@NullMarked
package dev.edge4j.data.redis;

import org.jspecify.annotations.NullMarked;
