package dev.edge4j.jobs;

/**
 * Sends a webhook by whatever client there is. It must not follow redirects: where they lead is named by the receiver and not by {@link
 * Webhooks#to}.
 */
@FunctionalInterface
public interface WebhookSender {
  /** True if it was answered with a status of 200 to 299. False, or an exception, and it is sent again later. May block. */
  boolean send(WebhookMessage message) throws Exception;
}
