package dev.edge4j.state.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.state.Alarm;
import dev.edge4j.state.AlarmHandler;
import dev.edge4j.state.DurableObject;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.ReadOnly;
import dev.edge4j.state.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A form of several steps is a state machine in one object: it stands where its visitor left it, whatever tab or server he comes back to. */
@Timeout(60)
class SignUpFormTest {
  // tag::form[]
  public enum Step {
    EMAIL, ADDRESS, CONFIRM, DONE;

    Step next() {
      return switch (this) {
        case EMAIL -> ADDRESS;
        case ADDRESS -> CONFIRM;
        case CONFIRM, DONE -> DONE;
      };
    }

    Step before() {
      return switch (this) {
        case EMAIL, ADDRESS -> EMAIL;
        case CONFIRM -> ADDRESS;
        case DONE -> DONE;
      };
    }
  }

  /** Where the form stands and what has been answered: a value, and what may follow it. */
  public record Form(Step step, Map<Step, String> answers) {
    static final Form EMPTY = new Form(Step.EMAIL, Map.of());

    Form answered(Step asked, String answer) {
      if (asked != step || step == Step.DONE) {
        return this; // a second click, or a tab that was left open: it is shown where the form stands
      }
      refuse(asked, answer).ifPresent(reason -> {
        throw new IllegalArgumentException(reason);
      });
      var more = new TreeMap<>(answers);
      more.put(asked, answer);
      return new Form(step.next(), more);
    }

    Form back() {
      return new Form(step.before(), answers);
    }

    private static Optional<String> refuse(Step asked, String answer) {
      return switch (asked) {
        case EMAIL -> answer.contains("@") ? Optional.empty() : Optional.of("An address needs an @.");
        case ADDRESS -> answer.isBlank() ? Optional.of("Where shall we send it?") : Optional.empty();
        case CONFIRM, DONE -> Optional.empty();
      };
    }
  }
  // end::form[]

  // tag::object[]
  public interface SignUp {
    Form answer(Step asked, String answer);

    Form back();

    @ReadOnly
    Form show();
  }

  static final class KeptSignUp extends DurableObject implements SignUp, AlarmHandler {
    private Form form;

    KeptSignUp(ObjectState state) {
      super(state);
      form = storage().get("form", Form.class).orElse(Form.EMPTY);
    }

    @Override
    public Form answer(Step asked, String answer) {
      return move(form.answered(asked, answer));
    }

    @Override
    public Form back() {
      return move(form.back());
    }

    @Override
    public Form show() {
      return form;
    }

    private Form move(Form next) { // one commit: the form, where to find it, and when it is given up
      if (!next.equals(form)) {
        form = next;
        storage().put("form", form);
        attributes().set("step", form.step().name());
        if (form.step() == Step.DONE) {
          alarms().cancel("given up");
        } else {
          alarms().set("given up", Schedule.in(Duration.ofDays(7)));
        }
      }
      return form;
    }

    @Override
    public void alarm(Alarm alarm) {
      storage().deleteAll(); // as if it had never been begun
      form = Form.EMPTY;
    }
  }
  // end::object[]

  @TempDir private Path folder;
  private DurableObjects objects;
  private Namespace<SignUp> forms;
  private SignUp form;

  @BeforeEach
  void open() {
    objects = DurableObjects.embedded(folder);
    forms = objects.namespace("sign-up", SignUp.class, KeptSignUp::new);
    form = forms.get("visitor-1");
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void itStandsWhereItWasLeft() {
    assertEquals(Step.EMAIL, form.show().step());
    form.answer(Step.EMAIL, "ada@example.com");
    close();
    open();
    assertEquals(new Form(Step.ADDRESS, Map.of(Step.EMAIL, "ada@example.com")), form.show());
    assertEquals(Step.CONFIRM, form.answer(Step.ADDRESS, "1 Main Street").step());
    assertEquals(Step.DONE, form.answer(Step.CONFIRM, "yes").step());
  }

  @Test
  void aSecondClickAndAnOldTabChangeNothing() {
    form.answer(Step.EMAIL, "ada@example.com");
    Form stands = form.show();
    assertEquals(stands, form.answer(Step.EMAIL, "ada@example.com"));
    assertEquals(stands, form.answer(Step.CONFIRM, "yes"));
    assertEquals(stands, form.show());
  }

  @Test
  void aWrongAnswerLeavesItWhereItIs() {
    assertEquals("An address needs an @.", assertThrows(IllegalArgumentException.class, () -> form.answer(Step.EMAIL,
        "ada")).getMessage());
    assertEquals(Form.EMPTY, form.show());
    assertFalse(forms.inspect("visitor-1").exists());
  }

  @Test
  void itMayGoBackUntilItIsDone() {
    form.answer(Step.EMAIL, "ada@example.com");
    assertEquals(Step.EMAIL, form.back().step());
    assertEquals(Step.EMAIL, form.back().step());
    form.answer(Step.EMAIL, "ada@example.org");
    form.answer(Step.ADDRESS, "1 Main Street");
    Form done = form.answer(Step.CONFIRM, "yes");
    assertEquals("ada@example.org", done.answers().get(Step.EMAIL));
    assertEquals(done, form.back());
  }

  @Test
  void thoseThatStoppedAreFoundAndGivenUp() {
    form.answer(Step.EMAIL, "ada@example.com");
    forms.get("visitor-2").answer(Step.EMAIL, "bob@example.com");
    form.answer(Step.ADDRESS, "1 Main Street");
    form.answer(Step.CONFIRM, "yes");
    // tag::find[]
    List<String> stopped = forms.find("step", "ADDRESS", "", 100); // who gave an address to write to, and no more
    // end::find[]
    assertEquals(List.of("visitor-2"), stopped);
    assertEquals(Set.of("given up"), forms.inspect("visitor-2").alarms().keySet());
    assertEquals(Set.of(), forms.inspect("visitor-1").alarms().keySet());
  }
}
