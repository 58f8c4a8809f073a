package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A commit that fails on the disk may be in the log all the same; one that was refused is not, and what fails before it never is. */
class WhatAFailedCommitLeavesTest {
  @ParameterizedTest
  @CsvSource({
      "SQLITE_IOERR_FSYNC, true, UNKNOWN", "SQLITE_IOERR_WRITE, true, UNKNOWN", "SQLITE_CORRUPT, true, UNKNOWN",
      "SQLITE_FULL, true, FAILED", "SQLITE_BUSY, true, BUSY", "SQLITE_CONSTRAINT_FOREIGNKEY, true, CONSTRAINT",
      "SQLITE_ERROR, true, FAILED",
      "SQLITE_IOERR_WRITE, false, FAILED", "SQLITE_ERROR, false, FAILED", "SQLITE_BUSY, false, BUSY"})
  void theReasonSaysWhich(SQLiteErrorCode code, boolean committing, Reason reason) {
    var thrown = new SQLiteException("it said so", code);
    var error = assertInstanceOf(StoreException.class, SqlErrors.ofGroup(Path.of("a.db"), thrown, committing));
    assertEquals(reason, error.reason(), error::getMessage);
    assertEquals(reason == Reason.UNKNOWN, error.outcomeUnknown());
  }
}
