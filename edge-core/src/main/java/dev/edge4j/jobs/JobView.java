package dev.edge4j.jobs;

import dev.edge4j.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a job looks from the web, as JSON. */
final class JobView {
  private JobView() {}

  static byte[] of(JobStatus job, Optional<byte[]> result, JsonCodec json) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", job.id().text());
    view.put("kind", job.kind());
    view.put("state", job.state().label());
    view.put("attempts", job.attempts());
    view.put("progress", job.progress());
    view.put("created", job.created().toString());
    if (job.state() == JobState.WAITING) {
      view.put("due", job.due().toString());
    }
    if (job.state().hasEnded()) {
      view.put("ended", job.changed().toString());
    }
    job.error().ifPresent(error -> view.put("error", error));
    return with(json.write(view), result);
  }

  static byte[] with(byte[] object, Optional<byte[]> result) {
    return result.map(bytes -> with(object, "result", bytes)).orElse(object);
  }

  /** A JSON object that is not empty, with one member more: JSON as it is, so that a large result is neither read nor written again. */
  static byte[] with(byte[] object, String name, byte[] value) {
    byte[] member = (",\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
    int end = object.length - 1; // the brace
    byte[] whole = Arrays.copyOf(object, end + member.length + value.length + 1);
    System.arraycopy(member, 0, whole, end, member.length);
    System.arraycopy(value, 0, whole, end + member.length, value.length);
    whole[whole.length - 1] = '}';
    return whole;
  }
}
