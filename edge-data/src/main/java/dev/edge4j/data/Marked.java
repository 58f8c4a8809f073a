package dev.edge4j.data;

/**
 * A value that was read from the mesh, and up to where it shows the classes of data it was made of: what a cache keeps, so that a
 * visitor who has written since is not served it. Made by {@link MeshSession#marked}, asked by {@link MeshSession#accepts}.
 *
 * @param value what was read
 * @param mark a lower bound of what the value shows, for classes that promise {@code readAfterWrite()}
 */
public record Marked<T>(T value, Bookmark mark) {}
