package dev.edge4j.examples.shop.ops;

import dev.edge4j.examples.shop.web.Scheme;
import dev.edge4j.render.SafeHtml;
import java.util.List;
import java.util.Optional;

/** The models of the dashboard's panels: text and lengths, nothing left to compute. The name of each is that of its template. */
final class Panels {
  private Panels() {}

  /** {@code edge-figures}: the large figures. */
  record Figures(List<Figure> figures) {}

  /** One of them. */
  record Figure(String label, String value, String note) {}

  /** {@code edge-layers}: quantiles of each layer. */
  record Layers(boolean any, List<LayerRow> layers) {}

  /** One layer; widths of 1000. */
  record LayerRow(String name, long count, String p50, String p95, String p99, long x50, long x95, long x99) {
    static LayerRow of(LastMinute.Layer layer) {
      return new LayerRow(layer.name(), layer.count(), Drawing.millis(layer.p50()), Drawing.millis(layer.p95()), Drawing
          .millis(layer.p99()), Drawing.logarithmic(layer.p50()), Drawing.logarithmic(layer.p95()), Drawing
              .logarithmic(layer.p99()));
    }
  }

  /** {@code edge-caches}: who answered. */
  record Caches(List<RatioRow> ratios, long origin, long stale) {}

  /** One layer of the chain. */
  record RatioRow(String name, String percent, long width, long hits, long asked) {
    static RatioRow of(LastMinute.Ratio ratio) {
      return new RatioRow(ratio.name(), Drawing.percent(ratio.share()), Math.round(ratio.share() * Drawing.WIDTH), ratio
          .hits(), ratio.asked());
    }
  }

  /** {@code edge-lines}: two minutes as lines. */
  record Lines(List<Line> lines) {}

  /** One of them. */
  record Line(String title, String value, String line, String area) {}

  /** {@code edge-objects}: durable objects. */
  record Objects(List<ObjectRow> objects) {}

  /** The objects of one class. */
  record ObjectRow(String name, int awake, long turns, int waiting) {}

  /** {@code edge-canary}: how the visitors are split. */
  record Split(int percent, long stable, long next, long width, boolean broken) {}

  /** {@code edge-map}: the regions. */
  record WorldMap(boolean any, List<Place> places, List<Bow> bows) {}

  /** A region on the map. */
  record Place(String title, String url, long x, long y, long r, boolean origin, boolean here, boolean cut, long textX,
      long textY, String figures, Optional<String> way, Optional<String> trouble,
      Optional<String> lags) {}

  /** The way from an edge to the origin. */
  record Bow(String path, boolean cut) {}

  /** {@code edge-switches}: what can be taken away, or made slow. */
  record Switches(List<Switch> switches) {}

  /** One of them. */
  record Switch(String layer, String title, String note, boolean cut, boolean slow) {}

  /** {@code edge-crowd}: the virtual shoppers. */
  record Shoppers(boolean running, boolean possible, long asked, long failed, int most, long seconds) {}

  /** {@code edge-events}: what has happened. */
  record Events(boolean any, List<EventRow> events) {}

  /** A line of it. */
  record EventRow(String time, String text) {}

  /** The page around the panels. */
  record Page(String title, String region, Scheme scheme, SafeHtml live, Figures figures, Layers layers,
      Caches caches,
      Lines lines, Objects objects, Split split, WorldMap map, Switches switches, Shoppers crowd, Events events) {}
}
