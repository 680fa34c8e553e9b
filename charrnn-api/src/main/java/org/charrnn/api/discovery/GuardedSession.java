package org.charrnn.api.discovery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.charrnn.api.Executable;
import org.charrnn.api.HostRows;
import org.charrnn.api.Memory;
import org.charrnn.api.ScoreChooser;
import org.charrnn.api.Session;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Program;
import org.jspecify.annotations.Nullable;

/**
 * A session whose failures name its accelerator. The exceptions of the contract pass: those for
 * arguments that a caller gets wrong, and those of a session that was closed.
 */
final class GuardedSession implements Session {

  private final Guard guard;
  private final Session session;
  private volatile boolean closed;

  GuardedSession(Guard guard, Session session) {
    this.guard = guard;
    this.session = session;
  }

  @Override
  public Memory allocate(Type type, Shape shape) {
    return new GuardedMemory(
        guard.call("allocate", () -> session.allocate(type, shape), this::isOfTheCaller));
  }

  @Override
  public Executable compile(Program program, Map<String, Memory> externals) {
    Map<String, Memory> unguarded = new LinkedHashMap<>();
    externals.forEach((name, memory) ->
        unguarded.put(name, memory instanceof GuardedMemory guarded ? guarded.memory : memory));
    Executable executable =
        guard.call("compile", () -> session.compile(program, unguarded), this::isOfTheCaller);
    return () -> guard.run("run", executable::run, this::isClosed);
  }

  /** An exception of the work itself is no fault of the accelerator. */
  @Override
  public void forEach(int parts, IntConsumer part) {
    AtomicReference<@Nullable Throwable> ofTheWork = new AtomicReference<>();
    IntConsumer observed =
        i -> {
          try {
            part.accept(i);
          } catch (RuntimeException | Error e) {
            ofTheWork.compareAndSet(null, e);
            throw e;
          }
        };
    try {
      guard.run("forEach", () -> session.forEach(parts, observed), this::isClosed);
    } catch (PluginException e) {
      switch (ofTheWork.get()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }

  @Override
  public Optional<ScoreChooser> chooser(int count) {
    return guard
        .call("chooser", () -> session.chooser(count))
        .map(chooser ->
            (scores, temperature, topK, topP, chance) -> {
              int id =
                  guard.call(
                      "choose", () -> chooser.choose(scores, temperature, topK, topP, chance));
              guard.require(
                  id == ScoreChooser.UNDECIDED || (id >= 0 && id < count),
                  () -> "choose returned the id " + id + " of " + count);
              return id;
            });
  }

  @Override
  public void close() {
    closed = true;
    guard.run("close", session::close);
  }

  private boolean isOfTheCaller(RuntimeException e) {
    return e instanceof IllegalArgumentException || isClosed(e);
  }

  private boolean isClosed(RuntimeException e) {
    return closed && e instanceof IllegalStateException;
  }

  private final class GuardedMemory implements Memory {

    private final Memory memory;

    GuardedMemory(Memory memory) {
      this.memory = memory;
    }

    @Override
    public Type type() {
      return guard.call("type", memory::type);
    }

    @Override
    public Shape shape() {
      return guard.call("shape", memory::shape);
    }

    @Override
    public void write(float[] values) {
      copy("write", () -> memory.write(values));
    }

    @Override
    public void write(int[] values) {
      copy("write", () -> memory.write(values));
    }

    @Override
    public void read(float[] values) {
      copy("read", () -> memory.read(values));
    }

    @Override
    public void read(int[] values) {
      copy("read", () -> memory.read(values));
    }

    @Override
    public Optional<HostRows> hostRows() {
      return guard
          .call("hostRows", memory::hostRows, GuardedSession.this::isOfTheCaller)
          .map(GuardedRows::new);
    }

    private final class GuardedRows implements HostRows {

      private final HostRows rows;

      GuardedRows(HostRows rows) {
        this.rows = rows;
      }

      @Override
      public void read(int row, float[] values) {
        copy("read", () -> rows.read(row, values));
      }

      @Override
      public void write(int row, float[] values) {
        copy("write", () -> rows.write(row, values));
      }
    }

    private void copy(String method, Runnable copying) {
      guard.run(method, copying, GuardedSession.this::isOfTheCaller);
    }
  }
}
