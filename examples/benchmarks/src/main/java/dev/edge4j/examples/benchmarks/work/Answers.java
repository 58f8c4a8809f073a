package dev.edge4j.examples.benchmarks.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The bodies. All servers share one mapper, whose buffers are pooled for all threads: thread-local ones punish virtual threads. */
public final class Answers {
  public static final String TEXT = "text/plain";
  public static final String JSON = "application/json";
  public static final String HTML = "text/html";

  /** No bytes at all. */
  public static final byte[] NOTHING = {};

  private static final byte[] PLAINTEXT = "Hello, World!".getBytes(UTF_8);
  private static final byte[] KIBIBYTE = "0123456789abcdef".repeat(64).getBytes(UTF_8);
  private static final byte[] TEN_KIBIBYTES = "0123456789abcdef".repeat(640).getBytes(UTF_8);
  private static final ObjectMapper MAPPER = JsonMapper
      .builder(JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build())
      .build();

  private Answers() {}

  /** The answer of {@code /json}. */
  record Message(String message) {}

  /** The answer of {@code /product/:id}. */
  record Product(long id, String name, String currency, int cents) {}

  /** 13 bytes; not to be written to. */
  public static byte[] plaintext() {
    return PLAINTEXT;
  }

  /** What caches are asked for; not to be written to. */
  public static byte[] kibibyte() {
    return KIBIBYTE;
  }

  /** As {@link #kibibyte}, ten times as long. */
  public static byte[] tenKibibytes() {
    return TEN_KIBIBYTES;
  }

  public static byte[] json() {
    return MAPPER.writeValueAsBytes(new Message("Hello, World!"));
  }

  /** A product as its path and query ask for it; fails on an identifier that is no number. */
  public static byte[] product(String id, String currency) {
    return MAPPER.writeValueAsBytes(new Product(Long.parseLong(id), "Tea, green", currency, 450));
  }

  /** The answer of the route in the table. */
  public static byte[] note(String id, String note) {
    return (id + " " + note).getBytes(UTF_8);
  }
}
