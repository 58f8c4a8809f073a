package dev.edge4j.http;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which media types a client takes, and how gladly: proactive negotiation (RFC 9110 sections 12.1 and 12.5.1). Without the field, or
 * with nothing in it that can be read, it takes all alike.
 *
 * @param ranges in the order given; none means all
 */
public record Accept(List<MediaRange> ranges) {
  /** The most precise range decides; of two equally precise ones that both include the type, the more welcoming. */
  private static final Comparator<MediaRange> DECIDING = Comparator.comparingInt(MediaRange::precision)
      .thenComparingInt(MediaRange::quality);

  /** Copies the list. */
  public Accept {
    ranges = List.copyOf(ranges);
  }

  /** Reads the field {@code Accept} over all its lines; a malformed member is passed over. */
  public static Accept of(Headers headers) {
    return new Accept(headers.all("Accept")
        .stream()
        .flatMap(line -> Stream.of(Quoted.split(line, ',')))
        .flatMap(member -> MediaRange.parse(member.strip()).stream())
        .toList());
  }

  /** How welcome a type is, 0 (not acceptable) to 1000; 0 also for what is no media type. */
  public int quality(String mediaType) {
    return ranges.isEmpty() && MediaRange.parse(mediaType).isPresent() ? 1000
        : deciding(mediaType).map(MediaRange::quality).orElse(0);
  }

  /** True if the type is acceptable by its own name, not as one of many: a hint where two are equally welcome. */
  public boolean names(String mediaType) {
    return deciding(mediaType).filter(range -> range.quality() > 0 && !range.subtype().equals("*")).isPresent();
  }

  private Optional<MediaRange> deciding(String mediaType) {
    return MediaRange.parse(mediaType)
        .flatMap(type -> ranges.stream().filter(range -> range.includes(type)).max(DECIDING));
  }

  /** The most welcome of several types, of equally welcome ones the first; empty if none is acceptable. */
  public Optional<String> best(List<String> offers) {
    String best = "";
    int quality = 0;
    for (String offer : offers) {
      int own = quality(offer);
      if (own > quality) {
        best = offer;
        quality = own;
      }
    }
    return quality == 0 ? Optional.empty() : Optional.of(best);
  }

  /** As the field's value. */
  @Override
  public String toString() {
    return ranges.stream().map(MediaRange::toString).collect(Collectors.joining(", "));
  }
}
