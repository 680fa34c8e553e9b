package org.charrnn.accel.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Looks for TornadoVM's runtime and the devices that it drives. */
final class Devices {

  static final String REMEDY =
      "Install a TornadoVM SDK of 5.2 or newer for this JDK and a driver for the device, set TORNADOVM_HOME, and start"
          + " with bin/charrnn --accelerator tornado or java @$TORNADOVM_HOME/tornado-argfile; see docs/gpu.md";

  /** By default a task that cannot be compiled is run as sequential Java, without a word. */
  static final String FALLBACK = "tornado.recover.bailout";

  /** Set by the launch arguments of every SDK; without it the runtime ends in a null pointer. */
  private static final String RUNTIME = "tornado.load.runtime.implementation";

  private Devices() {}

  /** What a search found. */
  sealed interface Search {

    /**
     * Devices, at least one.
     *
     * @param devices in the order of backends and devices
     */
    record Found(List<DeviceInfo> devices) implements Search {}

    /**
     * None.
     *
     * @param reason why
     * @param remedy what the user can do about it
     */
    record Missing(String reason, String remedy) implements Search {}
  }

  /** Looks for devices; what goes wrong becomes a reason. */
  static Search search() {
    if (Boolean.parseBoolean(System.getProperty(FALLBACK))) {
      return new Search.Missing(
          "TornadoVM is told to run as sequential Java whatever fails to compile ("
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
   * The runtime starts once in a process, or fails once: only the first attempt says why, so what
   * it said is kept.
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
      } catch (Throwable e) { // whatever a broken driver or SDK throws, errors of linkage above all
        return new Search.Missing(reason(e), REMEDY);
      }
    }
  }

  /** Settings that the runtime reads once, when it is first used; what the user set stays. */
  private static void configure() {
    setIfAbsent(FALLBACK, "false");
    setIfAbsent("tornado.tvm.maxbytecodesize", "65536");
    setIfAbsent("tornado.device.memory", "1024GB"); // the driver knows better how much there is
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
   * The first line of a message of TornadoVM, without colours and tags, and without the
   * announcement of a fallback that is switched off.
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
   * The device that the user asks for: by backend and index such as {@code opencl:0}, or by a part
   * of its name.
   *
   * @param wish empty for the best one: the first GPU, or else the first device
   * @throws IllegalArgumentException if there is none, or several devices have that name; the
   *     message lists all
   */
  static DeviceInfo choose(List<DeviceInfo> devices, Optional<String> wish) {
    if (wish.isEmpty()) {
      return devices.stream().filter(DeviceInfo::isGpu).findFirst().orElseGet(devices::getFirst);
    }
    String wanted = wish.get().strip().toLowerCase(Locale.ROOT);
    for (DeviceInfo device : devices) {
      if (device.id().equals(wanted)) {
        return device;
      }
    }
    List<DeviceInfo> named =
        devices.stream()
            .filter(device -> device.name().toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
    if (named.size() == 1) {
      return named.getFirst();
    }
    throw new IllegalArgumentException(
        "%s device is called '%s'. There are: %s. Ask for one by backend and index, or by a part of its name."
            .formatted(named.isEmpty() ? "No" : "More than one", wish.get(), describe(devices)));
  }

  static String describe(List<DeviceInfo> devices) {
    return devices.stream().map(DeviceInfo::describe).collect(Collectors.joining("; "));
  }
}
