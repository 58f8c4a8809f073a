/**
 * Style sheets, scripts, fonts and pictures under names that hold the hash of their content: a name never changes its meaning, so browsers
 * and caches keep it for a year and never ask. Read, linked to each other and hashed at start; compressed behind it, by the best levels there are.
 *
 * <p>Start here: {@link dev.edge4j.render.asset.Assets}, {@link dev.edge4j.render.asset.AssetOptions}.
 */
@NullMarked
package dev.edge4j.render.asset;

import org.jspecify.annotations.NullMarked;
