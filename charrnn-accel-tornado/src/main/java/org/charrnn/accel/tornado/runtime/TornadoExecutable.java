package org.charrnn.accel.tornado.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.NoOpKernel;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.accel.tornado.lowering.Lowering;
import org.charrnn.accel.tornado.lowering.Segment;
import org.charrnn.api.Executable;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/** A program as task graphs of a session, which are made when it first runs. */
final class TornadoExecutable implements Executable {

  /** Tasks of a graph; TornadoVM's buffers hold about 80 of those with the most parameters. */
  private static final int TASKS = 40;

  private final TornadoSession session;
  private final Program program;
  private final Map<Buffer, TornadoMemory> externals;
  private final List<Round> rounds = new ArrayList<>();

  /** Graphs that are executed in sequence, {@code times} times. */
  private record Round(int times, List<Integer> graphs) {}

  TornadoExecutable(TornadoSession session, Program program, Map<Buffer, TornadoMemory> externals) {
    this.session = session;
    this.program = program;
    this.externals = new HashMap<>(externals);
  }

  @Override
  public void run() {
    session.run(this);
  }

  /** The size of the memory for temporaries and for scratch memory of kernels. */
  Placement.Size temporaries(boolean isGpu) {
    return Placement.temporaries(program).plus(Lowering.scratch(program, isGpu));
  }

  /** Called when the graphs no longer exist. */
  void forget() {
    rounds.clear();
  }

  /**
   * Makes the graphs, if there are none, and executes them.
   *
   * @param floats the index of the first float for temporaries
   * @param ints the index of the first integer for temporaries
   */
  void run(DeviceMemory memory, int floats, int ints, boolean isGpu) {
    if (rounds.isEmpty()) {
      Map<Buffer, Integer> bases = new HashMap<>();
      externals.forEach((buffer, external) -> bases.put(buffer, external.base()));
      Placement placement = Placement.of(program, bases, floats, ints);
      for (Segment segment : Lowering.lower(program, placement, isGpu)) {
        rounds.add(round(memory, segment));
      }
    }
    for (Round round : rounds) {
      for (int i = 0; i < round.times(); i++) {
        round.graphs().forEach(memory::execute);
      }
    }
  }

  private Round round(DeviceMemory memory, Segment segment) {
    List<Integer> graphs = new ArrayList<>();
    List<Launch> launches = segment.launches();
    for (int i = 0; i < launches.size(); i += TASKS) {
      graphs.add(
          session.graph(
              memory, noticeable(launches.subList(i, Math.min(launches.size(), i + TASKS)))));
    }
    int times =
        switch (segment) {
          case Segment.Once _ -> 1;
          case Segment.Repeated(int steps, _) -> steps;
        };
    return new Round(times, graphs);
  }

  /** Launches of which a later one notices if the first one did not run. */
  private static List<Launch> noticeable(List<Launch> launches) {
    return launches.size() == 1
        ? List.of(launches.getFirst(), NoOpKernel.launch())
        : List.copyOf(launches);
  }
}
