/**
 * Checks that are written as annotations (Jakarta Validation 3.1), answered as those of {@link dev.edge4j.check.Check} are. The application adds
 * {@code jakarta.validation:jakarta.validation-api} and a provider, Hibernate Validator say.
 *
 * <p>Start here: {@link dev.edge4j.check.jakarta.JakartaCheck}.
 */
@NullMarked
package dev.edge4j.check.jakarta;

import org.jspecify.annotations.NullMarked;
