package dev.edge4j.render.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.program.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Takes a rendering apart while it happens. Confined to it. */
public final class LiveTrace implements Trace {
  /** Code that has not ended, and where the action that it is at has begun to print. */
  private static final class Open {
    final List<String> texts;
    final List<LivePart> parts = new ArrayList<>();
    final List<LiveRow> rows = new ArrayList<>();
    int from;

    Open(List<String> texts) {
      this.texts = texts;
    }
  }

  private final Deque<Open> open = new ArrayDeque<>();
  private final List<LiveRow> ended = new ArrayList<>(1);

  @Override
  public void code(List<String> texts) {
    open.push(new Open(texts));
  }

  @Override
  public void codeEnd() {
    Open code = open.pop();
    var row = new LiveRow(code.texts, code.parts);
    if (open.isEmpty()) {
      ended.add(row);
    } else {
      open.element().rows.add(row);
    }
  }

  @Override
  public void action(Output out) {
    open.element().from = out.length();
  }

  @Override
  public void actionEnd(Output out) {
    Open code = open.element();
    code.parts.add(code.rows.isEmpty() ? new LivePart.Text(new String(out.toBytes(code.from), UTF_8))
        : new LivePart.Rows(code.rows));
    code.rows.clear();
  }

  /** What was rendered. What cannot be taken apart, as the result of a lambda that is printed anew, is one text. */
  public LiveRow row(Output out) {
    String html = new String(out.toBytes(), UTF_8);
    return ended.size() == 1 && ended.getFirst().html().equals(html) ? ended.getFirst()
        : new LiveRow(List.of("", ""), List.of(new LivePart.Text(html)));
  }
}
