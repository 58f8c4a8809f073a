package dev.edge4j.render.program;

import dev.edge4j.render.html.Escaper;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.render.output.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Static bytes and actions in turn: one piece of bytes more than actions. Immutable but for what is made of them on demand. */
final class Code {
  static final Code EMPTY = new Builder().build();

  private final byte[][] texts;
  private final Action[] actions;
  private volatile @Nullable List<String> statics;

  private Code(byte[][] texts, Action[] actions) {
    this.texts = texts;
    this.actions = actions;
  }

  void run(Rendering rendering) {
    Trace trace = rendering.trace();
    if (trace != null) {
      run(rendering, trace);
      return;
    }
    Output out = rendering.output();
    byte[][] pieces = texts;
    Action[] tags = actions;
    for (int i = 0; i < tags.length; i++) {
      out.write(pieces[i]);
      tags[i].run(rendering);
    }
    out.write(pieces[tags.length]);
  }

  private void run(Rendering rendering, Trace trace) {
    Output out = rendering.output();
    trace.code(statics());
    for (int i = 0; i < actions.length; i++) {
      out.write(texts[i]);
      trace.action(out);
      actions[i].run(rendering);
      trace.actionEnd(out);
    }
    out.write(texts[actions.length]);
    trace.codeEnd();
  }

  /** The texts as such, made when somebody first asks. */
  private List<String> statics() {
    List<String> known = statics;
    if (known == null) {
      known = Arrays.stream(texts).map(text -> new String(text, UTF_8)).toList();
      statics = known;
    }
    return known;
  }

  boolean isEmpty() {
    return actions.length == 0 && texts[0].length == 0;
  }

  /** Collects code; neighbouring texts become one. */
  static final class Builder {
    private final List<byte[]> texts = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final Output text = new Output();

    void text(String more) {
      text.text(more);
    }

    /** A value that is known already. */
    void escaped(Escaper escaper, String value) {
      escaper.text(value, text);
    }

    void action(Action action) {
      texts.add(text.toBytes());
      text.clear();
      actions.add(action);
    }

    /** Code that was built already, behind what is here. */
    void append(Code code) {
      for (int i = 0; i < code.actions.length; i++) {
        text.write(code.texts[i]);
        action(code.actions[i]);
      }
      text.write(code.texts[code.actions.length]);
    }

    Code build() {
      List<byte[]> all = new ArrayList<>(texts);
      all.add(text.toBytes());
      return new Code(all.toArray(byte[][]::new), actions.toArray(Action[]::new));
    }
  }
}
