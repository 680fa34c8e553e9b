package org.charrnn.text.device;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.charrnn.api.Initializer;
import org.charrnn.api.Memory;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.ScoreChooser;
import org.charrnn.api.network.Network;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Program;
import org.charrnn.text.checkpoint.HostTensor;

/**
 * The parameters of a network in a session.
 *
 * <p><b>Thread safety.</b> That of its session.
 */
public final class DeviceModel implements AutoCloseable {

  private final ExclusiveUse use = new ExclusiveUse();
  private final OpenSession session;
  private final Network network;
  private final Map<String, Memory> parameters = new LinkedHashMap<>();

  /**
   * Allocates the parameters, which are initially zero.
   *
   * @param session the session, which this model closes
   */
  public DeviceModel(OpenSession session, Network network) {
    this.session = session;
    this.network = network;
    network
        .parameters()
        .forEach((name, spec) ->
            parameters.put(name, session.session().allocate(Type.F32, spec.shape())));
  }

  /**
   * Begins a use of this model that no other may overlap.
   *
   * @throws IllegalStateException if another one has not ended
   */
  public ExclusiveUse.Use use() {
    return use.begin();
  }

  /**
   * Reserves this model for the uses of this thread.
   *
   * @throws IllegalStateException if a use has not ended, or another thread has reserved it
   */
  public ExclusiveUse.Use reserve() {
    return use.reserve();
  }

  /** Other parameters of the same network in the same session; closing them closes the session. */
  public DeviceModel another() {
    return new DeviceModel(session, network);
  }

  /** A copy of the parameters in a session of its own; closing the copy frees its memory. */
  DeviceModel copy() {
    OpenSession own = session.another();
    try {
      DeviceModel copy = new DeviceModel(own, network);
      copy.write(read());
      return copy;
    } catch (RuntimeException | OutOfMemoryError e) {
      own.close();
      throw e;
    }
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** The number of trainable parameters. */
  public long size() {
    return parameters.values().stream().mapToLong(memory -> memory.shape().elements()).sum();
  }

  /** The length of all carried states of one row. */
  public int stateSize() {
    return network.carriedStates().size() * network.hiddenSize();
  }

  /** The shapes of the parameters, by name, in order. */
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    parameters.forEach((name, memory) -> shapes.put(name, memory.shape()));
    return shapes;
  }

  /**
   * Initializes the parameters, in the order of the network.
   *
   * @param deviation the standard deviation of all weights; empty for that of the cell
   */
  public void initialize(RandomGenerator random, OptionalDouble deviation) {
    network
        .parameters()
        .forEach((name, spec) -> {
          float[] values = new float[spec.shape().elements()];
          initializer(spec, deviation).fill(values, random);
          memory(name).write(values);
        });
  }

  private static Initializer initializer(ParameterSpec spec, OptionalDouble deviation) {
    boolean prescribed = deviation.isPresent() && spec.kind() == ParameterSpec.Kind.WEIGHT;
    return prescribed ? Initializer.normal(deviation.getAsDouble()) : spec.initializer();
  }

  /** Writes the parameters, all of which must be present and have the right shape. */
  public void write(Map<String, HostTensor> tensors) {
    parameters.forEach((name, memory) -> memory.write(tensor(tensors, name).values()));
  }

  /** The parameters, by name, in order. */
  public Map<String, HostTensor> read() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    parameters.forEach((name, memory) -> tensors.put(name, BoundProgram.read(memory)));
    return tensors;
  }

  /** Writes all parameters, in order, from one array of {@link #size} numbers. */
  public void writeFlat(float[] values) {
    FlatMemory.write(parameters.values(), values);
  }

  /** All parameters, in order, in one array. */
  public float[] readFlat() {
    return FlatMemory.read(parameters.values());
  }

  BoundProgram bind(Program program) {
    return new BoundProgram(session.session(), program, parameters);
  }

  /** The same for a program that also shares other memory with {@code other}. */
  BoundProgram bind(Program program, BoundProgram other) {
    Map<String, Memory> shared = new LinkedHashMap<>(other.memories());
    shared.putAll(parameters);
    return new BoundProgram(session.session(), program, shared);
  }

  /** Does other work on the threads of the session. */
  void forEach(int parts, IntConsumer part) {
    session.session().forEach(parts, part);
  }

  /** A new chooser of the session, if it has one. */
  Optional<ScoreChooser> chooser(int count) {
    return session.session().chooser(count);
  }

  private Memory memory(String name) {
    return Objects.requireNonNull(parameters.get(name));
  }

  /** The tensor of that name, which must be present. */
  public static HostTensor tensor(Map<String, HostTensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), () -> "there is no tensor '" + name + "'");
  }

  /** Closes the session. */
  @Override
  public void close() {
    session.close();
  }
}
