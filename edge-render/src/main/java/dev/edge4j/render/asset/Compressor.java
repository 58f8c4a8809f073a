package dev.edge4j.render.asset;

import dev.edge4j.middleware.compression.ContentCoding;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the coded forms of assets on a thread of its own, the last in line for a processor: brotli 11 does about a megabyte a second. */
final class Compressor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Compressor.class);

  private final Collection<StoredAsset> assets;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean closed;

  private Compressor(Collection<StoredAsset> assets) {
    this.assets = assets;
  }

  static Compressor start(Collection<StoredAsset> assets) {
    var compressor = new Compressor(assets);
    Thread.ofPlatform().daemon().priority(Thread.MIN_PRIORITY).name("edge4j-assets").start(compressor::run);
    return compressor;
  }

  private void run() {
    try {
      List<ContentCoding> codings = Codings.best();
      assets.stream()
          .filter(StoredAsset::isCompressible)
          .forEach(asset -> codings.forEach(coding -> make(asset, coding)));
    } catch (RuntimeException | Error e) {
      LOG.error("assets are sent uncompressed, as compressing them failed", e);
    } finally {
      done.countDown();
    }
  }

  private void make(StoredAsset asset, ContentCoding coding) {
    if (!closed) {
      byte[] coded = Codings.encode(coding, asset.bytes());
      if (coded.length < asset.bytes().length) {
        asset.add(coding.name(), coded);
      }
    }
  }

  /** Waits until all forms are made; false if the time was over before. */
  boolean await(Duration timeout) throws InterruptedException {
    return done.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Makes no more than the one that is being made. */
  @Override
  public void close() {
    closed = true;
  }
}
