package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name of a download says nothing but a name (RFC 6266), whatever was asked for. */
class FilesAreSavedUnderSafeNamesTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"report.pdf|attachment; filename=report.pdf",
      "my report.pdf|attachment; filename=\"my report.pdf\"",
      "größe.txt|attachment; filename=\"gr__e.txt\"; filename*=UTF-8''gr%C3%B6%C3%9Fe.txt",
      "../../etc/passwd|attachment; filename=__.._etc_passwd", ".bashrc|attachment; filename=_bashrc",
      "` .bashrc`|attachment; filename=_bashrc",
      "a\"b.txt|attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt",
      "50%.txt|attachment; filename=\"50_.txt\"; filename*=UTF-8''50%25.txt", "``|attachment; filename=_"})
  void names(String name, String expected) {
    assertEquals(expected, ContentDisposition.attachment(name));
  }

  @Property(tries = 500)
  void anyNameIsAField(@ForAll String name) {
    String value = ContentDisposition.inline(name);
    assertTrue(Tokens.isFieldValue(value));
    assertTrue(value.chars().allMatch(c -> c < 127));
    assertFalse(value.contains("/"), value);
    assertFalse(value.matches("inline; filename=\"?\\s*\\..*"), value);
  }
}
