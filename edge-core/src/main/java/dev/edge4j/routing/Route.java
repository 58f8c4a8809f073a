package dev.edge4j.routing;

/**
 * One registration by way of one variant of its pattern: what stands in the leaves of the tree.
 *
 * @param order the place of the registration among all of the table
 * @param rank the place of the variant in its pattern; of two that match, the lower one is taken
 */
record Route<T>(int order, int rank, String method, PathPattern pattern, Variant variant, T value) {

  boolean answersEveryMethod() {
    return method.equals(RouteTable.ANY);
  }

  boolean answers(String requested) {
    return answersEveryMethod() || method.equals(requested);
  }
}
