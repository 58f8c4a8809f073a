package dev.edge4j.state;

/** What the class of an object implements to have alarms. */
public interface AlarmHandler {
  /**
   * Runs as a turn when an alarm is due. The alarm is used up by the commit of this turn and not before: if it throws, or the process
   * ends, it goes off again, as its {@link RetryPolicy} says. So what it does beyond the object must bear being done twice.
   */
  void alarm(Alarm alarm) throws Exception;
}
