package dev.edge4j.data;

/** What happens in a transaction, wholly or not at all. */
@FunctionalInterface
public interface TransactionWork<T> {
  T run(Queries transaction);
}
