package org.charrnn.accel.java.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.api.Executable;
import org.charrnn.api.session.CheckedSession;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;
import org.jspecify.annotations.Nullable;

/** A session that runs programs as lists of tasks, on a team of threads. */
public abstract class ProgramSession extends CheckedSession<Matrix> {

  /** The time for which a virtual thread may occupy its carrier thread. */
  private static final long CARRIER_NANOS = 5_000_000;

  private final WorkerTeam team;
  private long released = System.nanoTime(); // the last time that a carrier thread was released

  /** An open session whose tasks {@code team} runs; it is closed with the session. */
  protected ProgramSession(WorkerTeam team) {
    super(Matrix.class);
    this.team = team;
  }

  /**
   * Makes the tasks of a program.
   *
   * @param operands binds a slot to memory
   */
  protected abstract List<Task> compile(Program program, Function<Slot, Operand> operands);

  @Override
  protected final Executable prepare(Program program, Map<Buffer, Matrix> externals) {
    List<Matrix> memory = new ArrayList<>();
    for (Buffer buffer : program.buffers()) {
      memory.add(
          buffer.isExternal()
              ? Objects.requireNonNull(externals.get(buffer))
              : place(buffer.type(), buffer.shape()));
    }
    Task[] tasks =
        compile(program, slot -> new Operand(memory.get(slot.buffer().index()), slot))
            .toArray(Task[]::new);
    return () -> run(tasks);
  }

  private void run(Task[] tasks) {
    for (Task task : tasks) {
      task.run(0);
    }
    if (Thread.currentThread().isVirtual()) {
      releaseCarrier();
    }
  }

  /**
   * Lets other virtual threads run from time to time: programs never block, so a loop over them
   * would occupy its carrier thread forever. {@code Thread.yield} does not suffice, since the
   * scheduler may prefer the thread that yields to the threads that wait.
   */
  private void releaseCarrier() {
    if (System.nanoTime() - released > CARRIER_NANOS) {
      LockSupport.parkNanos(1);
      released = System.nanoTime();
    }
  }

  /** Each worker takes the next part, so that a helper that comes late holds up nobody. */
  @Override
  protected final void share(int parts, IntConsumer part) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    team.run(
        (_, _) -> {
          for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
            try {
              part.accept(i);
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(null, e);
              next.set(parts);
            }
          }
        },
        parts > 1);
    switch (failure.get()) {
      case null -> {}
      case Error e -> throw e;
      case Throwable e -> throw (RuntimeException) e;
    }
  }

  @Override
  protected void free() {
    team.close();
  }
}
