package org.charrnn.accel.tornado.runtime;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.accel.tornado.kernel.KernelCost;
import org.charrnn.accel.tornado.kernel.Launch;

/**
 * Counts what a device would do and runs nothing. Each execution of a task graph ends with a wait
 * of the host; {@link ResidentMemory} has a graph for what was written, and one for each read.
 */
final class CountedMemory implements DeviceMemory {

  private final List<List<Launch>> graphs = new ArrayList<>();
  private boolean isWritten;
  int launches;
  int waits;
  long bytesToDevice;
  KernelCost cost = new KernelCost(0, 0);

  /** Starts to count. */
  void reset() {
    launches = 0;
    waits = 0;
    bytesToDevice = 0;
    cost = new KernelCost(0, 0);
  }

  @Override
  public int add(List<Launch> launchesOfGraph) {
    graphs.add(List.copyOf(launchesOfGraph));
    return graphs.size() - 1;
  }

  @Override
  public void execute(int graph) {
    distribute();
    waits++;
    launches += graphs.get(graph).size();
    for (Launch launch : graphs.get(graph)) {
      cost = cost.plus(KernelCost.of(launch));
    }
  }

  private void distribute() {
    if (isWritten) {
      isWritten = false;
      waits++;
      launches++;
    }
  }

  @Override
  public void write(int base, float[] values) {
    isWritten = true;
    bytesToDevice += (long) Float.BYTES * values.length;
  }

  @Override
  public void write(int base, int[] values) {
    isWritten = true;
    bytesToDevice += (long) Integer.BYTES * values.length;
  }

  @Override
  public void read(int base, float[] values) {
    distribute();
    waits++;
    launches++;
  }

  @Override
  public void read(int base, int[] values) {
    distribute();
    waits++;
    launches++;
  }

  @Override
  public void close() {}
}
