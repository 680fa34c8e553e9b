package org.charrnn.accel.tornado;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.api.Executable;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/** A program as graphs of a session, made when it is first run. */
final class TornadoExecutable implements Executable {

  /** Tasks of a graph; TornadoVM has room for about 80 of those with the most parameters. */
  private static final int TASKS = 40;

  private final TornadoSession session;
  private final Program program;
  private final Map<Buffer, Integer> externals;
  private final List<Round> rounds = new ArrayList<>();

  /** Graphs that are executed one after another, again and again. */
  private record Round(int times, List<Integer> graphs) {}

  TornadoExecutable(TornadoSession session, Program program, Map<Buffer, Integer> externals) {
    this.session = session;
    this.program = program;
    this.externals = new HashMap<>(externals);
  }

  @Override
  public void run() {
    session.run(this);
  }

  /** What this program needs beside its externals. */
  Placement.Size temporaries() {
    return Placement.temporaries(program);
  }

  /** The graphs are gone. */
  void forget() {
    rounds.clear();
  }

  /**
   * Makes the graphs, if there are none, and executes them.
   *
   * @param floats from where on floats are free for temporaries
   * @param ints from where on integers are free for temporaries
   */
  void run(DeviceMemory memory, int floats, int ints, boolean gpu) {
    if (rounds.isEmpty()) {
      Placement placement = Placement.of(program, externals, floats, ints);
      for (Part part : Lowering.lower(program, placement, gpu)) {
        rounds.add(round(memory, part));
      }
    }
    for (Round round : rounds) {
      for (int i = 0; i < round.times(); i++) {
        round.graphs().forEach(memory::execute);
      }
    }
  }

  private static Round round(DeviceMemory memory, Part part) {
    List<Integer> graphs = new ArrayList<>();
    List<Launch> launches = part.launches();
    for (int i = 0; i < launches.size(); i += TASKS) {
      graphs.add(memory.add(launches.subList(i, Math.min(launches.size(), i + TASKS))));
    }
    int times =
        switch (part) {
          case Part.Once _ -> 1;
          case Part.Repeated(int steps, _) -> steps;
        };
    return new Round(times, graphs);
  }
}
