/**
 * What most applications put around their routes, one small class each. Each is made by a static factory, is safe without options,
 * refuses a bad configuration when it is made, is immutable and safe for use by many threads. All but
 * {@link dev.edge4j.middleware.Timeout}, {@link dev.edge4j.middleware.InterruptWhenCancelled}, {@link dev.edge4j.middleware.PrettyJson},
 * {@link dev.edge4j.middleware.ConditionalGet}, {@link dev.edge4j.middleware.ContextStorage} and
 * {@link dev.edge4j.middleware.Transform#response} are gates: they run on the event loop and cost no thread.
 *
 * <p>Order of registration is the only order. A good one: {@code AccessLog}, {@code RequestId}, {@code Timing}, {@code SecureHeaders},
 * {@code RateLimit}, {@code Csrf}, {@code Sessions} or {@code JwtAuth}, {@code Authorize}, {@code Timeout}.
 *
 * <p>Start here: {@link dev.edge4j.middleware.SecureHeaders}, {@link dev.edge4j.middleware.RateLimit},
 * {@link dev.edge4j.middleware.JwtAuth}.
 */
@NullMarked
package dev.edge4j.middleware;

import org.jspecify.annotations.NullMarked;
