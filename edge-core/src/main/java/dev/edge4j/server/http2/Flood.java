package dev.edge4j.server.http2;

import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.FrameBudgets;

/** The ways to send more frames than their work is worth, each with a budget and a count of the connections it ended. */
enum Flood {
  RESETS(Counter.HTTP2_RESET_FLOODS),
  MADE_RESETS(Counter.HTTP2_MADE_RESET_FLOODS),
  SETTINGS(Counter.HTTP2_SETTINGS_FLOODS),
  PINGS(Counter.HTTP2_PING_FLOODS),
  IGNORED(Counter.HTTP2_PRIORITY_FLOODS),
  EMPTY_DATA(Counter.HTTP2_EMPTY_DATA_FLOODS),
  TINY_DATA(Counter.HTTP2_TINY_DATA_FLOODS),
  WINDOW_UPDATES(Counter.HTTP2_WINDOW_UPDATE_FLOODS);

  private final Counter counter;

  Flood(Counter counter) {
    this.counter = counter;
  }

  int budget(FrameBudgets budgets) {
    return switch (this) {
      case RESETS -> budgets.resets();
      case MADE_RESETS -> budgets.madeResets();
      case SETTINGS -> budgets.settings();
      case PINGS -> budgets.pings();
      case IGNORED -> budgets.ignored();
      case EMPTY_DATA -> budgets.emptyData();
      case TINY_DATA -> budgets.tinyData();
      case WINDOW_UPDATES -> budgets.windowUpdates();
    };
  }

  Counter counter() {
    return counter;
  }
}
