package dev.edge4j.middleware.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Weighted rendezvous hashing (Thaler and Ravishankar 1998; weights as in Schindelhauer and Schomaker 2005): each variant draws a number u in (0, 1) for the visitor, by a hash,
 * and the one with the largest {@code weight / -ln u} has him. A variant whose weight grows takes visitors from the others, and they keep theirs otherwise; one that comes or
 * goes moves no one else. The order of the variants does not count. Pure.
 */
final class Bucket {
  private Bucket() {}

  static String choose(Map<String, Integer> weights, String experiment, String visitor, Optional<SecretKey> key) {
    String best = "";
    double most = -1;
    for (Map.Entry<String, Integer> each : weights.entrySet()) {
      double u = draw(framed(experiment) + framed(each.getKey()) + visitor, key);
      double score = each.getValue() / -StrictMath.log(u); // StrictMath: the same on every node
      if (score > most) {
        most = score;
        best = each.getKey();
      }
    }
    return best;
  }

  private static String framed(String text) {
    return text.length() + ":" + text + ":";
  }

  /** 52 bits of a hash, and half a step more, which a double holds exactly: in the middle of their step so that neither 0 nor 1 is drawn. */
  private static double draw(String text, Optional<SecretKey> key) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash;
      if (key.isPresent()) {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key.get());
        hash = mac.doFinal(bytes);
      } else {
        hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      }
      return ((ByteBuffer.wrap(hash).getLong() >>> 12) + 0.5) * 0x1p-52;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has SHA-256 and its HMAC", e);
    }
  }
}
