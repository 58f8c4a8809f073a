package dev.edge4j.render.asset;

import dev.edge4j.http.Body;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Preferences;
import dev.edge4j.http.Response;
import dev.edge4j.http.Validators;
import dev.edge4j.middleware.compression.Compressible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An asset in memory, uncoded and, as they are made, in coded forms. Safe for use by many threads. */
final class StoredAsset {
  private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";
  private static final String ASK_EACH_TIME = "no-cache";

  /** Bytes in one coding. */
  private record Form(String coding, byte[] bytes) {}

  private final Asset asset;
  private final String hash;
  private final byte[] bytes;
  private final boolean compressible;
  /** In the order of our preference. */
  private final List<Form> forms = new CopyOnWriteArrayList<>();

  StoredAsset(Asset asset, String hash, byte[] bytes) {
    this.asset = asset;
    this.hash = hash;
    this.bytes = bytes;
    this.compressible = Compressible.test(MediaType.essence(asset.mediaType()));
  }

  Asset asset() {
    return asset;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isCompressible() {
    return compressible;
  }

  /** Adds a coded form; those we like best come first. */
  void add(String coding, byte[] coded) {
    forms.add(new Form(coding, coded));
  }

  /** What a 200 is. Once what is compressible says {@code Vary}, it always does, so that caches are told before the first form is there. */
  Response whole(Headers request, boolean immutable) {
    Headers.Builder headers = Headers.builder()
        .add("Content-Type", asset.mediaType())
        .add("Cache-Control", immutable ? FOR_A_YEAR : ASK_EACH_TIME)
        .add("X-Content-Type-Options", "nosniff");
    if (!compressible) {
      return answer(headers, hash, bytes);
    }
    headers.add("Vary", "Accept-Encoding");
    Optional<Form> form = choose(request);
    form.ifPresent(chosen -> headers.add("Content-Encoding", chosen.coding));
    return form.map(chosen -> answer(headers, hash + "-" + chosen.coding, chosen.bytes))
        .orElseGet(() -> answer(headers, hash, bytes));
  }

  private static Response answer(Headers.Builder headers, String tag, byte[] bytes) {
    Headers tagged = Validators.of(EntityTag.strong(tag)).addTo(headers.build());
    return new Response(200, tagged, new Body.Bytes(bytes));
  }

  /** The most welcome coding that is there; empty for none. */
  private Optional<Form> choose(Headers request) {
    List<String> offers = new ArrayList<>();
    forms.forEach(form -> offers.add(form.coding));
    offers.add("identity");
    return Preferences.encodings(request)
        .best(offers)
        .flatMap(best -> forms.stream().filter(form -> form.coding.equals(best)).findFirst());
  }
}
