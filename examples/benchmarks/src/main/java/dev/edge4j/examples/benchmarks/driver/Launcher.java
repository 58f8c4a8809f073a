package dev.edge4j.examples.benchmarks.driver;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Starts servers on processor 0, and ends on close what of them still runs. */
final class Launcher implements AutoCloseable {
  /** What servers have whose speed is measured; those whose memory is, start with less. */
  static final List<String> HEAP = List.of("-Xms256m", "-Xmx256m");

  private final Path target;
  private final Settings settings;
  private final ClassPath classPath;
  private final CopyOnWriteArrayList<Instance> instances = new CopyOnWriteArrayList<>();
  private final NativeCache nativeCaches = new NativeCache();
  private final int echoPort;
  private int basePort;

  Launcher(Path target, Settings settings) throws IOException {
    this.target = target;
    this.settings = settings;
    this.classPath = ClassPath.of(target, settings.transport());
    this.echoPort = freePort();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    List<String> echo = List.of(java(), "-XX:+UseSerialGC", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
        "dev.edge4j.examples.benchmarks.work.EchoMain", "" + echoPort);
    instances.add(new Instance(start(echo, "echo"), echoPort));
  }

  ClassPath classPath() {
    return classPath;
  }

  /** Starts all, and waits until each answers. One that does not start is left out with a line. */
  Map<Subject, Instance> startAll(List<Subject> subjects) throws IOException {
    Map<Subject, Instance> running = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      System.err.println("Starting " + subject.title());
      Instance instance = start(subject, HEAP);
      if (instance.awaitFirst()) {
        running.put(subject, instance);
      } else {
        System.err.println("Without " + subject.title() + ", which did not start: see target/logs/" + subject.id()
            + ".log");
      }
    }
    return running;
  }

  /** Starts one, and does not wait until it answers. */
  Instance start(Subject subject, List<String> flags) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
    if (subject.isNative()) {
      command.addAll(nativeCaches.command(subject, port, basePort));
    } else if (subject.isNode()) {
      command.addAll(List.of("node", "server.mjs", "" + port));
    } else {
      command.addAll(List.of(java(), "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
      command.addAll(flags);
      command.addAll(subject.jvm());
      command.addAll(settings.jvm());
      command.addAll(List.of("-Dio.netty.eventLoopThreads=1", "-Dbench.transport=" + settings.transport(),
          "-Dbench.echo="
              + echoPort, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classPath.of(subject),
          "dev.edge4j.examples.benchmarks.servers." + subject.main(), "" + port));
      String mode = subject.isCache() ? "" + basePort : subject.mode();
      if (!mode.isEmpty()) {
        command.add(mode);
      }
    }
    basePort = subject.equals(Subject.BASE) ? port : basePort;
    var instance = new Instance(start(command, subject.id()), port);
    instances.add(instance);
    return instance;
  }

  /** Where things are put that a server needs or leaves. */
  Path target() {
    return target;
  }

  private Process start(List<String> command, String name) throws IOException {
    File log = Files.createDirectories(target.resolve("logs")).resolve(name + ".log").toFile();
    return new ProcessBuilder(command).directory(Node.home(target).toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.to(log))
        .start();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    instances.forEach(each -> each.process().destroy());
    instances.forEach(Instance::stop);
    nativeCaches.close();
  }
}
