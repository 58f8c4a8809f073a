package dev.edge4j.examples.shop.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters without a picture neither make a text nor hide in one, but for those that words are written with. */
class WhatNobodySeesIsNoTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00A0", "\u200B", "\u200D\u200C", "\uFEFF", "\u00AD", "\u3164", "\u2800", "\u0301",
      "\uFE0F", "\t\r\n"})
  void nothingVisible(String text) {
    assertFalse(Typed.isVisible(text));
    assertFalse(Typed.isLine(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u202Eevil", "a\u2066b", "a\u200Eb", "a\u200Fb", "a\u061Cb", "a\u0000", "a\r\nb", "a\u0085b",
      "a\u2028b", "ad\u200Bmin", "ad\u2060min", "a\uD800"})
  void somethingHidden(String text) {
    assertTrue(Typed.isVisible(text));
    assertFalse(Typed.isLine(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada", "O'Brien", "\u05D3\u05D5\u05D3", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
      "\u0D05\u0D35\u0D28\u0D4D\u200D", "e\u0301", "\uD83D\uDC69\u200D\uD83D\uDD2C", "4"})
  void namesOfAllLanguages(String text) {
    assertTrue(Typed.isLine(text));
    assertFalse(Typed.turns(text));
  }

  @Test
  void controlsBecomeSpaces() {
    assertEquals("a b c d", Typed.withoutControls("\u0000a\r\nb\u0085c\u2028d\t"));
    assertEquals("", Typed.withoutControls("\u0000"));
  }
}
