/**
 * Fragments of pages that stay up to date while they are looked at: what a fragment's template has of its own goes to the browser once, and
 * after that only the values that have changed, by server-sent events. The browser puts both together and changes in the page what is
 * different, so that the focus, a selection and what is being typed stay where they are.
 *
 * <p>Start here: {@link dev.edge4j.render.LiveFragment}, then {@code LiveRow} (a fragment taken apart) and {@code LiveChanges} (what is sent).
 */
@NullMarked
package dev.edge4j.render.live;

import org.jspecify.annotations.NullMarked;
