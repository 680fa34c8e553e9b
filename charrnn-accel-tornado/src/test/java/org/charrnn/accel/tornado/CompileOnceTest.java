package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.accel.tornado.SdkProcess.Outcome;
import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.api.network.BufferNames;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No kernel is compiled twice. A process that trains lets TornadoVM print the source of each kernel
 * that it compiles, and prints a line after each run.
 */
class CompileOnceTest {

  private static final String KERNEL = "__kernel void";
  private static final String RUN = "run ";

  @BeforeAll
  static void needsAnSdk() {
    RealDevice.require();
  }

  @Test
  void run_manyTimes_compilesEachLaunchOnce_howeverManySteps() throws Exception {
    List<String> few = kernelsAndRuns(12);
    List<String> many = kernelsAndRuns(24);
    assertEquals(few, many, "more steps of time need more kernels");
  }

  /** The printed lines about kernels and runs, in order. */
  private static List<String> kernelsAndRuns(int steps) throws Exception {
    Outcome outcome = new SdkProcess(Training.class).flag("-Dtornado.printKernel=True").run(steps);
    assertEquals(0, outcome.exitCode(), outcome::output);
    List<String> lines =
        outcome
            .output()
            .lines()
            .filter(line -> line.startsWith(KERNEL) || line.startsWith(RUN))
            .map(line -> line.startsWith(KERNEL) ? KERNEL : line)
            .toList();
    int firstRun = lines.indexOf(RUN + 1);
    // Transfers to and from the device have kernels of their own.
    long launches = Long.parseLong(outcome.lines("launches ").getFirst().substring(9));
    assertTrue(firstRun >= launches, () -> firstRun + " kernels for " + launches + " launches");
    assertTrue(firstRun <= launches + 4, () -> firstRun + " kernels for " + launches + " launches");
    assertEquals(
        List.of(RUN + 1, RUN + 2, RUN + 3, RUN + 4),
        lines.subList(firstRun, lines.size()),
        "kernels were compiled after the first run");
    return lines;
  }

  /** Trains, and reads the loss after each step, as a trainer does. */
  static final class Training {

    private Training() {}

    public static void main(String[] arguments) {
      Program program = Programs.training(Integer.parseInt(arguments[0]), 8, 2);
      System.out.println("launches " + Programs.launches(program, false).size());
      try (Session session = new TornadoAccelerator(false).open(AcceleratorOptions.defaults())) {
        Map<String, Memory> memories = new HashMap<>();
        for (Buffer buffer : program.externals()) {
          memories.put(buffer.name(), session.allocate(buffer.type(), buffer.shape()));
        }
        Executable executable = session.compile(program, memories);
        for (int run = 1; run <= 4; run++) {
          memories
              .get(BufferNames.IDS)
              .write(new int[memories.get(BufferNames.IDS).shape().elements()]);
          executable.run();
          memories.get(BufferNames.LOSS).read(new float[1]);
          System.out.println(RUN + run);
        }
      }
    }
  }
}
