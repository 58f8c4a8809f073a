package dev.edge4j.jobs;

import dev.edge4j.http.Headers;
import java.net.URI;

/**
 * A webhook on its way: to be sent by POST.
 *
 * @param url where to; its origin is one of those that {@link Webhooks#to} names
 * @param headers the type of the body and the signature
 * @param body JSON, which nobody changes
 */
public record WebhookMessage(URI url, Headers headers, byte[] body) {}
