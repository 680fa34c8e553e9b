package org.charrnn.accel.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Finds TornadoVM's runtime and its devices. */
final class Devices {

  static final String REMEDY =
      "Install a TornadoVM SDK 5.2 or newer for this JDK and a driver for the device, set TORNADOVM_HOME, and start"
          + " with bin/charrnn --accelerator tornado or java @$TORNADOVM_HOME/tornado-argfile; see docs/gpu.md";

  /** By default, a task that cannot be compiled runs as sequential Java without a message. */
  static final String FALLBACK = "tornado.recover.bailout";

  /** Set by the launch arguments of every SDK; the runtime fails without it. */
  private static final String RUNTIME = "tornado.load.runtime.implementation";

  private Devices() {}

  /** The result of a search. */
  sealed interface Search {

    /**
     * Devices, at least one.
     *
     * @param devices in the order of backends and devices
     */
    record Found(List<DeviceInfo> devices) implements Search {}

    /**
     * No devices.
     *
     * @param reason the cause
     * @param remedy what the user can do about it
     */
    record Missing(String reason, String remedy) implements Search {}
  }

  /** Searches for devices; a failure becomes a reason. */
  static Search search() {
    if (Boolean.parseBoolean(System.getProperty(FALLBACK))) {
      return new Search.Missing(
          "TornadoVM is configured to run kernels that fail to compile as sequential Java ("
              + FALLBACK
              + ")",
          "Start with -D" + FALLBACK + "=false");
    }
    if (System.getProperty(RUNTIME) == null) {
      return new Search.Missing(
          "Java was started without the launch arguments of TornadoVM", REMEDY);
    }
    return Start.RESULT;
  }

  /**
   * The runtime starts or fails once in a process. Only the first attempt reports the cause of a
   * failure, so its result is kept.
   */
  private static final class Start {

    static final Search RESULT = start();

    private Start() {}

    private static Search start() {
      configure();
      try {
        List<DeviceInfo> devices = devices(TornadoRuntimeProvider.getTornadoRuntime());
        return devices.isEmpty()
            ? new Search.Missing("TornadoVM runs but finds no device", REMEDY)
            : new Search.Found(devices);
      } catch (Throwable e) { // anything that a broken driver or SDK throws, mostly linkage errors
        return new Search.Missing(reason(e), REMEDY);
      }
    }
  }

  /** Properties that the runtime reads once, when it is first used; the user's are kept. */
  private static void configure() {
    setIfAbsent(FALLBACK, "false");
    setIfAbsent("tornado.tvm.maxbytecodesize", "65536");
    setIfAbsent("tornado.device.memory", "1024GB"); // leaves the limit to the driver
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static List<DeviceInfo> devices(TornadoRuntime runtime) {
    if (runtime == null) {
      return List.of();
    }
    List<DeviceInfo> devices = new ArrayList<>();
    for (int b = 0; b < runtime.getNumBackends(); b++) {
      TornadoBackend backend = runtime.getBackend(b);
      for (int d = 0; d < backend.getNumDevices(); d++) {
        devices.add(DeviceInfo.of(backend.getName(), d, backend.getDevice(d)));
      }
    }
    return devices;
  }

  static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String kind = cause.getClass().getSimpleName();
    String message = cause.getMessage() == null ? kind : plain(cause.getMessage());
    boolean isLibrary =
        cause instanceof UnsatisfiedLinkError || message.endsWith("JNI Library not found");
    if (isLibrary) {
      return "a native library of TornadoVM or of the driver cannot be loaded (" + message + ")";
    }
    if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
      return "TornadoVM's runtime is not on the module path or class path (" + message + ")";
    }
    return "TornadoVM's runtime does not start (" + kind + ": " + message + ")";
  }

  /**
   * The first line of a message of TornadoVM, without colors and tags, and without the announcement
   * of a fallback that is disabled.
   */
  private static String plain(String message) {
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("\\u001B\\[[0-9;]*m", "")
        .replaceFirst("^\\[(WARNING|ERROR)] ", "")
        .replace("Deoptimizing to sequential execution.", "")
        .strip();
  }

  /**
   * The device that the user selects: by backend and index such as {@code opencl:0}, or by a part
   * of its name.
   *
   * @param requested empty for the best one: the first GPU, or else the first device
   * @throws IllegalArgumentException if no device or several devices have that name; the message
   *     lists all
   */
  static DeviceInfo choose(List<DeviceInfo> devices, Optional<String> requested) {
    if (requested.isEmpty()) {
      return devices.stream().filter(DeviceInfo::isGpu).findFirst().orElseGet(devices::getFirst);
    }
    String name = requested.get().strip().toLowerCase(Locale.ROOT);
    for (DeviceInfo device : devices) {
      if (device.id().equals(name)) {
        return device;
      }
    }
    List<DeviceInfo> named =
        devices.stream()
            .filter(device -> device.name().toLowerCase(Locale.ROOT).contains(name))
            .toList();
    if (named.size() == 1) {
      return named.getFirst();
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s device is called '%s'. Available devices: %s. Select one by backend and index, or by a part of its name.",
            named.isEmpty() ? "No" : "More than one",
            requested.get(),
            describe(devices)));
  }

  static String describe(List<DeviceInfo> devices) {
    return devices.stream().map(DeviceInfo::describe).collect(Collectors.joining("; "));
  }
}
