package dev.edge4j.render.market;

/** The forms that a noun may have behind a number (UTS 35 part 3 section 5). No language has all of them; every one has {@link #OTHER}. */
public enum Plural {
  ZERO, ONE, TWO, FEW, MANY, OTHER
}
