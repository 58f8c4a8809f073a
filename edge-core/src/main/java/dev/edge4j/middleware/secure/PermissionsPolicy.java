package dev.edge4j.middleware.secure;

import dev.edge4j.http.Origin;
import dev.edge4j.http.structured.InnerList;
import dev.edge4j.http.structured.Item;
import dev.edge4j.http.structured.Member;
import dev.edge4j.http.structured.StructuredFields;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a page and the frames in it may use of a visitor's machine: {@code camera=(), geolocation=(self "https://maps.example")}. Immutable.
 *
 * <p>Source: W3C Permissions Policy.
 */
public final class PermissionsPolicy {
  private static final Pattern FEATURE = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final String SELF = "self";

  private final Map<String, Member> features;

  private PermissionsPolicy(Map<String, Member> features) {
    this.features = features;
  }

  /** Denies what a shop or an article never needs: camera, microphone, place, payment, devices and screen. */
  public static PermissionsPolicy careful() {
    return denying("camera", "microphone", "geolocation", "payment", "usb", "serial", "hid", "bluetooth", "midi",
        "display-capture", "idle-detection");
  }

  /** Denies these features to everybody, {@code camera} say, and leaves the others as they are. */
  public static PermissionsPolicy denying(String... names) {
    return new PermissionsPolicy(Map.of()).deny(names);
  }

  /** Denies these too. */
  public PermissionsPolicy deny(String... names) {
    PermissionsPolicy all = this;
    for (String name : names) {
      all = all.with(name, new InnerList(List.of(), Map.of()));
    }
    return all;
  }

  /** Lets {@code self}, the page's own origin, or frames of these origins use a feature, {@code https://maps.example} say. */
  public PermissionsPolicy allow(String name, String... origins) {
    return with(name, new InnerList(Arrays.stream(origins).map(PermissionsPolicy::source).toList(), Map.of()));
  }

  private static Item source(String origin) {
    if (origin.equals(SELF)) {
      return Item.token(SELF);
    }
    var _ = Origin.of(origin);
    return Item.of(origin);
  }

  private PermissionsPolicy with(String name, Member allowed) {
    if (!FEATURE.matcher(name).matches()) {
      throw new IllegalArgumentException("feature of a permissions policy: \"" + name
          + "\" (expected: lower-case letters, digits, hyphens, as in display-capture)");
    }
    Map<String, Member> changed = new LinkedHashMap<>(features);
    changed.put(name, allowed);
    return new PermissionsPolicy(Collections.unmodifiableMap(changed));
  }

  /** The value of the field. */
  public String fieldValue() {
    return StructuredFields.write(features);
  }

  @Override
  public String toString() {
    return "Permissions-Policy: " + fieldValue();
  }
}
