/**
 * Who sees what, decided without a store: the hash of a visitor's key says whether a flag is on for him and which variant of an experiment is
 * his, the same on every node and after every restart.
 *
 * <p>Start here: {@link dev.edge4j.middleware.experiment.Flags}, {@link dev.edge4j.middleware.experiment.Experiment},
 * {@link dev.edge4j.middleware.experiment.VisitorId}.
 */
@NullMarked
package dev.edge4j.middleware.experiment;

import org.jspecify.annotations.NullMarked;
