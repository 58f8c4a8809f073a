package dev.edge4j.render;

import java.util.List;
import java.util.Map;

/** A compiled template is a list of these. Names of templates are resolved and known to exist. */
sealed interface Node {
  record Text(String text) implements Node {}

  record Value(Place place, Name name, boolean escaped) implements Node {}

  record Section(Place place, Name name, boolean inverted, List<Node> body) implements Node {}

  /** {@code {{>template}}}; the indent of a tag alone on its line is given to each line of the partial. */
  record Partial(Place place, String template, String indent) implements Node {}

  /** {@code {{<template}}}, with the blocks it gives. */
  record Layout(Place place, String template, Map<String, Block> blocks) implements Node {}

  /** {@code {{$name}}}: the default, where no layout tag gives another. */
  record Block(Place place, String name, List<Node> body) implements Node {}
}
