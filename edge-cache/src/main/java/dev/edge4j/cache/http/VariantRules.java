package dev.edge4j.cache.http;

import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which stored responses a request selects (RFC 9111 section 4.1). */
final class VariantRules {
  private final Selection selection;
  private final FieldForms forms;

  VariantRules(Selection selection) {
    this.selection = selection;
    this.forms = new FieldForms(selection);
  }

  String variant(Request request, List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    var text = new StringBuilder();
    for (String name : names) {
      String value = forms.normal(name, request.headers().all(name));
      text.append(name).append('=').append(value.length()).append(':').append(value).append(';');
    }
    return text.toString();
  }

  /** The newest of those that match (section 4); null if none does. */
  @Nullable
  StoredResponse select(Request request, List<StoredResponse> stored) {
    StoredResponse best = null;
    List<String> names = List.of();
    String variant = "";
    boolean get = request.method().equals(Method.GET);
    for (int i = 0; i < stored.size(); i++) {
      StoredResponse one = stored.get(i);
      if ((best != null && !one.isNewerThan(best)) || (one.status() == 206 && !get)) {
        continue;
      }
      if (one.vary().isEmpty() || one.isSelectedAsBefore(request.headers())) {
        best = one;
        continue;
      }
      if (!one.vary().equals(names)) {
        names = one.vary();
        variant = variant(request, names);
      }
      if (one.variant().equals(variant)) {
        one.selectedBy(request.headers());
        best = one;
      } else if (selection.byContentLanguage() && ContentLanguage.matches(request, one, variant)) {
        best = one;
      }
    }
    return best;
  }

  List<StoredResponse> beside(StoredResponse added, List<StoredResponse> stored) {
    List<StoredResponse> kept = new ArrayList<>(Math.min(stored.size() + 1, selection.most()));
    kept.add(added);
    for (StoredResponse one : stored) {
      // What names other fields was made by rules that hold no longer; a part names its range beside them.
      boolean outdated = (one.status() == 206) == (added.status() == 206) && !one.vary().equals(added.vary());
      boolean replaced = outdated || (one.vary().equals(added.vary()) && one.variant().equals(added.variant()));
      if (!replaced && kept.size() < selection.most()) {
        kept.add(one);
      }
    }
    return List.copyOf(kept);
  }
}
