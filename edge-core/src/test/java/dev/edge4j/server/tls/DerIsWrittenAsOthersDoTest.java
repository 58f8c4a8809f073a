package dev.edge4j.server.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;

/** Our few forms of DER are byte for byte those of a library that knows them all. */
class DerIsWrittenAsOthersDoTest {
  @Property
  void integers(@ForAll BigInteger number) throws IOException {
    assertArrayEquals(new ASN1Integer(number).getEncoded("DER"), Der.integer(number));
  }

  @Property
  void objectIdentifiers(@ForAll @IntRange(max = 2) int first, @ForAll @IntRange(max = 39) int second,
      @ForAll @Size(max = 8) List<@LongRange(min = 0) Long> rest) throws IOException {
    String dotted = first + "." + second + rest.stream().map(arc -> "." + arc).collect(Collectors.joining());
    assertArrayEquals(new ASN1ObjectIdentifier(dotted).getEncoded("DER"), Der.oid(dotted));
  }

  @Property(tries = 200)
  void lengths(@ForAll @IntRange(max = 70_000) int length) throws IOException {
    var bytes = new byte[length];
    assertArrayEquals(new DEROctetString(bytes).getEncoded("DER"), Der.octets(bytes));
    assertArrayEquals(new DERBitString(bytes).getEncoded("DER"), Der.bits(bytes));
  }

  @Property
  void nests(@ForAll String text, @ForAll @IntRange(max = 30) int tag) throws IOException {
    var inner = new DERSequence(new DERUTF8String(text));
    assertArrayEquals(new DERTaggedObject(true, tag, inner).getEncoded("DER"), Der.explicit(tag, Der.sequence(Der.utf8(
        text))));
    assertArrayEquals(Der.utf8(text), Der.firstOf(Der.sequence(Der.utf8(text), Der.integer(BigInteger.ONE))));
  }
}
