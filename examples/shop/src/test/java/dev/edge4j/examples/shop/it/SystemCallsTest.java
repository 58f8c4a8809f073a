package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.it.SystemCalls.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A trace is read in the order in which things began and ended. */
class SystemCallsTest {
  private static final SystemCalls CALLS = SystemCalls.parse("""
      10  1.000001 read(7<TCP:[127.0.0.1:80->127.0.0.1:999]>, "POST /add HTTP/1.1\\r\\n", 100) = 18
      11  1.000002 pwrite64(6</data/objects/a.db-wal>, "x", 1, 0) = 1
      11  1.000003 fdatasync(6</data/objects/a.db-wal> <unfinished ...>
      12  1.000004 fdatasync(9</data/other.db>) = -1 EIO (Input/output error)
      10  1.000005 write(7<TCP:[127.0.0.1:80->127.0.0.1:999]>, "HTTP/1.1 200 OK\\r\\n", 17 <unfinished ...>
      11  1.000006 <... fdatasync resumed>) = 0
      10  1.000007 <... write resumed>) = 17
      12  1.000008 +++ exited with 0 +++
      """.lines().toList());

  @Test
  void a_call_that_was_interrupted_begins_and_ends_on_its_own_lines() {
    Call flush = CALLS.first(0, call -> call.flushes("/objects/")).orElseThrow();

    assertEquals(2, flush.began());
    assertEquals(5, flush.ended());
  }

  @Test
  void a_reply_that_leaves_before_the_flush_has_ended_is_seen() {
    Call flush = CALLS.first(0, call -> call.flushes("/objects/")).orElseThrow();
    Call reply = CALLS.first(0, call -> call.writes("HTTP/1.1 200")).orElseThrow();

    assertTrue(flush.ended() > reply.began());
  }

  @Test
  void a_flush_that_failed_is_none() {
    assertTrue(CALLS.first(0, call -> call.flushes("/data/other.db")).isEmpty());
  }

  @Test
  void what_was_over_before_the_request_does_not_count() {
    Call request = CALLS.first(0, call -> call.reads("POST /add")).orElseThrow();

    assertTrue(CALLS.first(request.ended() + 3, call -> call.flushes("/objects/")).isEmpty());
    assertTrue(CALLS.first(request.ended(), call -> call.writes("a.db-wal")).isPresent());
  }
}
