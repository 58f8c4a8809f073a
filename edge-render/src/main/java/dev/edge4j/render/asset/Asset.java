package dev.edge4j.render.asset;

/**
 * A file of the folder as it is served.
 *
 * @param name its path in the folder: {@code img/tea.svg}
 * @param url where it is, with the hash of its content: {@code /assets/img/tea.3f9c1a2b7d.svg}
 * @param integrity the hash of the bytes that are served, for the attribute of that name (W3C Subresource Integrity): {@code sha384-...}
 * @param mediaType its type, by its ending
 * @param size how many bytes it has uncoded
 */
public record Asset(String name, String url, String integrity, String mediaType, int size) {}
