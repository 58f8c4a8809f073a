package dev.edge4j.cache.response;

import dev.edge4j.cache.http.StoredResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What memory has under one target.
 *
 * @param variants newest first
 * @param responses theirs, as decisions take them
 */
record Entry(List<Variant> variants, List<StoredResponse> responses) {
  static final Entry EMPTY = new Entry(List.of(), List.of());

  static Entry of(List<Variant> variants) {
    List<StoredResponse> responses = new ArrayList<>(variants.size());
    for (Variant variant : variants) {
      responses.add(variant.stored());
    }
    return new Entry(List.copyOf(variants), List.copyOf(responses));
  }

  /** Whose response that is; null if it came from elsewhere. */
  @SuppressWarnings("ReferenceEquality") // this very one: equal ones may have other stamps
  @Nullable
  Variant variant(StoredResponse stored) {
    for (Variant variant : variants) {
      if (variant.stored() == stored) {
        return variant;
      }
    }
    return null;
  }

  /** Without one, or with another in its place. */
  Entry without(Variant gone, Optional<Variant> instead) {
    List<Variant> left = new ArrayList<>(variants.size());
    for (Variant variant : variants) {
      if (variant == gone) {
        instead.ifPresent(left::add);
      } else {
        left.add(variant);
      }
    }
    return of(left);
  }

  int weight(String key) {
    long weight = 2L * key.length();
    for (Variant variant : variants) {
      weight += variant.weight();
    }
    return (int) Math.min(Integer.MAX_VALUE, weight);
  }
}
