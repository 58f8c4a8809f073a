/**
 * What happens by itself: alarms go off, messages are delivered, effects are run. A {@code Pump} finds what is due in a {@code Source} and runs it, of one
 * object one thing after another; {@code AlarmClock}, {@code Postman} and {@code EffectRunner} are the sources. Nothing is taken off its list before it has succeeded, so
 * whatever ends early is found again. Start with {@link dev.edge4j.state.delivery.Deliveries}.
 */
@NullMarked
package dev.edge4j.state.delivery;

import org.jspecify.annotations.NullMarked;
