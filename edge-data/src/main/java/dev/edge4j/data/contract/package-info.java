/**
 * What every store must do, as tests: extend one of these classes in your own tests, hand it your store, and run it with JUnit
 * 5. Needs {@code org.junit.jupiter:junit-jupiter} among the test dependencies.
 *
 * <p>Start here: {@link dev.edge4j.data.contract.DataStoreContract}, {@link dev.edge4j.data.contract.KvStoreContract},
 * {@link dev.edge4j.data.contract.EventSinkContract}, {@link dev.edge4j.data.contract.RateStoreContract},
 * {@link dev.edge4j.data.contract.PubSubContract}.
 */
@NullMarked
package dev.edge4j.data.contract;

import org.jspecify.annotations.NullMarked;
