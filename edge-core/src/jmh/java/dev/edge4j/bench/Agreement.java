package dev.edge4j.bench;

/** Before anything is measured: who finds another route than the one asked for, or reads another value, may be as fast as it likes. */
final class Agreement {
  private Agreement() {}

  static void check(Workload workload) {
    var floor = Tables.floor(workload);
    var edge4j = Tables.edge4j(workload);
    for (Line request : workload.requests()) {
      String path = request.path().orElseThrow();
      var low = floor.find(request.method(), path);
      var ours = edge4j.find(request.method(), path).orElseThrow();
      String name = request.firstParameter();
      if (low == null || !low.value().equals(request.pattern()) || !ours.value().equals(request.pattern())) {
        throw new IllegalStateException(request + " is answered by " + ours + ", on the floor by " + low);
      }
      if (!name.isEmpty() && !ours.pattern().paramsOfMatch(path).get(name).orElseThrow().equals(low.param(name))) {
        throw new IllegalStateException(request + ": the values of " + name + " differ");
      }
    }
  }
}
