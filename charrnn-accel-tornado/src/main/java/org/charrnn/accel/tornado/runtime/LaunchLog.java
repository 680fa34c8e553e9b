package org.charrnn.accel.tornado.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.layout.LaunchPosition;
import org.charrnn.api.DeviceException;

/**
 * Compares the launches that ran on a device with those that were requested: TornadoVM does not
 * report a launch that the driver refuses, for example because its work-groups need too many
 * registers.
 *
 * <p><b>Thread safety.</b> None.
 */
final class LaunchLog {

  private final String device;
  private final List<String> labels = new ArrayList<>(); // the label of launch id at index id - 1
  private int requested;

  /**
   * A log without launches.
   *
   * @param device the name of the device for messages
   */
  LaunchLog(String device) {
    this.device = device;
  }

  /** The launches of a task graph with their positions. */
  List<Launch> number(List<Launch> launches) {
    List<Launch> numbered = new ArrayList<>();
    for (int i = 0; i < launches.size(); i++) {
      labels.add(launches.get(i).label());
      boolean isLast = i == launches.size() - 1;
      numbered.add(launches.get(i).at(new LaunchPosition(labels.size(), i == 0, isLast)));
    }
    return numbered;
  }

  /** Called when {@code count} launches are requested. */
  void add(int count) {
    requested += count;
  }

  /**
   * Checks the numbers of a device.
   *
   * @param count the number of launches that ran
   * @param expected the integer {@link LaunchPosition#EXPECTED}
   * @param missing the integer {@link LaunchPosition#MISSING}
   * @throws DeviceException if a launch did not run
   */
  void check(int count, int expected, int missing) {
    int id = missing != 0 ? missing : expected;
    if (id != 0) {
      throw refused(String.format(Locale.ROOT, "launch %d, kernel '%s'", id, labels.get(id - 1)));
    }
    if (count != requested) {
      throw refused(String.format(Locale.ROOT, "%d of %d launches", requested - count, requested));
    }
  }

  private DeviceException refused(String what) {
    return new DeviceException(
        String.format(
            Locale.ROOT,
            "The driver of device %s refused %s, so that results are missing. It may have printed the reason on the standard"
                + " error output. Use another device, backend or driver, or smaller sizes; see docs/gpu.md.",
            device,
            what));
  }
}
