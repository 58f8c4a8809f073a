package dev.edge4j.support;

/** Whether the build has time: {@code mvn verify -Plong}. */
public final class LongRun {
  private LongRun() {}

  public static boolean isOn() {
    return Boolean.getBoolean("edge4j.long");
  }

  /** How often to try something random. */
  public static int tries(int inTheBuild, int inTheLongRun) {
    return isOn() ? inTheLongRun : inTheBuild;
  }
}
