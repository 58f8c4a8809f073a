package dev.edge4j.data.libsql;

import java.util.Map;

/** What became of a statement that the server has answered for. */
sealed interface HranaOutcome {
  /** It was executed. */
  record Done(HranaResult result) implements HranaOutcome {}

  /**
   * It failed and changed nothing.
   *
   * @param code as in {@code SQLITE_CONSTRAINT}; empty if there is none
   */
  record Failed(String code, String message) implements HranaOutcome {
    static Failed of(Map<?, ?> error) throws HranaException {
      return new Failed(HranaJson.optionalText(error.get("code"), "an error's code").orElse(""), HranaJson.text(error
          .get("message"), "an error's message"));
    }
  }

  /** Its condition did not hold. */
  record Skipped() implements HranaOutcome {}
}
