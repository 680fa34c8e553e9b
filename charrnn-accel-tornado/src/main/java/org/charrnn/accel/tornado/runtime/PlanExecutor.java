package org.charrnn.accel.tornado.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.charrnn.accel.tornado.kernel.KernelClass;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.layout.Grid;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Task graphs that share the memory of a session: one array of floats and one of integers, which
 * stay on the device.
 *
 * <p>TornadoVM passes memory from the graph that was executed last to the one that is executed
 * next, and only within a plan. So every graph uses both arrays, whether its kernels need them or
 * not, and there is one plan of all graphs. A later graph requires a new plan, which consists of
 * the old graphs, whose kernels stay compiled, and the new one; an old graph is executed first, so
 * that the new one receives the memory from it.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class PlanExecutor implements AutoCloseable {

  /** A plan keeps a record of each execution, so it is replaced after this many. */
  public static final int EXECUTIONS_OF_A_PLAN = 20_000;

  /**
   * Without TornadoVM's default {@code -cl-fast-relaxed-math}, which assumes that there are no NaNs
   * and infinities.
   */
  private static final String OPENCL_FLAGS = "-cl-mad-enable -w";

  private final TornadoDevice device;
  private final KernelContext context = new KernelContext();
  private final FloatArray floats;
  private final IntArray ints;
  private final IntArray ran = new IntArray(3); // launches that ran, see Transfers
  private final LaunchLog log;
  private final GridScheduler grids = new GridScheduler();
  private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>(); // launches that each graph counts
  private final Set<Integer> compiled = new HashSet<>(); // graphs that were executed
  private final List<Long> holders =
      new ArrayList<>(); // former plans in which graphs were compiled
  private TornadoExecutionPlan plan;
  private boolean isStale; // whether there are graphs that the plan does not have
  private boolean holdsKernels;
  private int executions;

  /**
   * Sends both arrays to the device.
   *
   * @param name the name of the device for messages
   */
  PlanExecutor(TornadoDevice device, String name, FloatArray floats, IntArray ints) {
    this.device = device;
    log = new LaunchLog(name);
    this.floats = floats;
    this.ints = ints;
    TaskGraph memory = new TaskGraph("memory");
    memory.transferToDevice(DataTransferMode.FIRST_EXECUTION, floats, ints);
    memory.task("touch", Transfers::touch, context, floats, ints);
    memory.persistOnDevice(floats, ints);
    grid("memory.touch", Grid.single());
    graphs.add(snapshot(memory));
    counts.add(0);
    plan = newPlan();
    try {
      execute(0);
    } catch (RuntimeException | Error e) { // most likely out of memory
      closeAfter(e);
      throw e;
    }
  }

  /** Frees the memory; the runtime may fail to free what it could not allocate. */
  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  /** Adds a graph of launches; returns its number. */
  int add(List<Launch> unnumbered) {
    List<Launch> launches = log.number(unnumbered);
    String name = "g" + graphs.size();
    TaskGraph graph = begin(name);
    for (int i = 0; i < launches.size(); i++) {
      Launch launch = launches.get(i);
      String task = launch.label() + i;
      graph.task(task, KernelClass.of(launch), context, floats, ints);
      grid(name + "." + task, launch.grid());
    }
    return end(graph, launches.size());
  }

  /** Adds a graph that sends {@code indices} and the numbers to be stored at these indices. */
  int addDistribution(IntArray indices, FloatArray newFloats, IntArray newInts) {
    String name = "g" + graphs.size();
    TaskGraph graph = begin(name);
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, indices, newFloats, newInts);
    graph.task(
        "distribute", Transfers::distribute, context, floats, ints, indices, newFloats, newInts);
    grid(name + ".distribute", Grid.of(indices.getSize()));
    return end(graph, 1);
  }

  /** Adds a graph that sends floats to a range of indices. */
  int addCopyIn(IntArray range, FloatArray from) {
    String name = "g" + graphs.size();
    TaskGraph graph = begin(name);
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, range, from);
    graph.task("load", Transfers::copyIn, context, floats, ints, range, from);
    grid(name + ".load", Grid.of(from.getSize()));
    return end(graph, 1);
  }

  /** Adds a graph that fetches a range of floats. */
  int addCopyOut(IntArray range, FloatArray to) {
    String name = "g" + graphs.size();
    TaskGraph graph = begin(name);
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, range);
    graph.task("fetch", Transfers::copyOut, context, floats, ints, range, to, ran);
    graph.transferToHost(DataTransferMode.EVERY_EXECUTION, to, ran);
    grid(name + ".fetch", Grid.of(to.getSize()));
    return end(graph, 1);
  }

  /** Adds a graph that fetches a range of integers. */
  int addCopyOut(IntArray range, IntArray to) {
    String name = "g" + graphs.size();
    TaskGraph graph = begin(name);
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, range);
    graph.task("fetch", Transfers::copyOut, context, ints, range, to, ran);
    graph.transferToHost(DataTransferMode.EVERY_EXECUTION, to, ran);
    grid(name + ".fetch", Grid.of(to.getSize()));
    return end(graph, 1);
  }

  /** Executes a graph. */
  void execute(int graph) {
    if (isStale || executions >= EXECUTIONS_OF_A_PLAN) {
      renewPlan();
    }
    holdsKernels |= compiled.add(graph);
    plan.withGraph(graph).execute();
    executions++;
    log.add(counts.get(graph));
  }

  /**
   * Executes a graph that fetches numbers.
   *
   * @throws org.charrnn.api.DeviceException if a launch did not run
   */
  void fetch(int graph) {
    execute(graph);
    log.check(ran.get(0), ran.get(1), ran.get(2));
  }

  private void renewPlan() {
    if (holdsKernels) {
      holders.add(plan.getId()); // keeps the kernels until the memory is closed
    } else {
      free(plan.getId());
    }
    plan = newPlan();
    isStale = false;
    holdsKernels = false;
    executions = 0;
    plan.withGraph(0).execute();
  }

  /** Frees the runtime's data of a plan: its queue, its events and its compiled kernels. */
  private void free(long idOfPlan) {
    device.getDeviceContext().reset(idOfPlan);
  }

  private TornadoExecutionPlan newPlan() {
    TornadoExecutionPlan all = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
    all.withGridScheduler(grids);
    all.withCompilerFlags(TornadoVMBackendType.OPENCL, OPENCL_FLAGS);
    return all;
  }

  /**
   * Only the first graph persists the memory: a graph that does frees it, which must happen once.
   */
  private TaskGraph begin(String name) {
    return new TaskGraph(name).consumeFromDevice(floats, ints);
  }

  private int end(TaskGraph graph, int launches) {
    graphs.add(snapshot(graph));
    counts.add(launches);
    isStale = true;
    return graphs.size() - 1;
  }

  private ImmutableTaskGraph snapshot(TaskGraph graph) {
    ImmutableTaskGraph done = graph.snapshot();
    new TornadoExecutionPlan(done).withDevice(device);
    return done;
  }

  private void grid(String task, Grid size) {
    WorkerGrid grid =
        size.globalY() == 1
            ? new WorkerGrid1D(size.globalX())
            : new WorkerGrid2D(size.globalX(), size.globalY());
    grid.setLocalWork(size.localX(), size.localY(), 1);
    grids.addWorkerGrid(task, grid);
  }

  /** Frees the memory on the device and the runtime's data of all plans. */
  @Override
  public void close() {
    long last = plan.getId();
    try {
      newPlan().close();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException(
          "the memory on " + device.getDeviceName() + " cannot be freed", e);
    } finally {
      free(last);
      holders.forEach(this::free);
    }
  }
}
