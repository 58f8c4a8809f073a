/**
 * Forms with files ({@code multipart/form-data}, RFC 7578), read part by part while they arrive. Handlers get at it through
 * {@code c.multipart()} and {@code c.formData()}.
 *
 * <p>Start here: {@link dev.edge4j.http.multipart.Multipart}, {@link dev.edge4j.http.multipart.FormPart}.
 */
@NullMarked
package dev.edge4j.http.multipart;

import org.jspecify.annotations.NullMarked;
