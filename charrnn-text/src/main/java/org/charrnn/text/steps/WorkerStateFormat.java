package org.charrnn.text.steps;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.device.DeviceModel;

/**
 * The state of a worker as bytes: a mark, the index of the worker, its number of steps, then the
 * numbers of its tensors in order, 32 bits each, little-endian. The same state has the same bytes.
 *
 * @param shapes the shapes of the tensors, by name, in order
 */
public record WorkerStateFormat(Map<String, Shape> shapes) {

  private static final int MARK = 0x31575243; // CRW1
  private static final int HEADER_BYTES = 2 * Integer.BYTES + Long.BYTES;

  /** The state of a worker after a number of steps. */
  public byte[] write(int worker, long step, Map<String, HostTensor> tensors) {
    ByteBuffer buffer = ByteBuffer.allocate(length()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(MARK).putInt(worker).putLong(step);
    for (String name : shapes.keySet()) {
      float[] values = DeviceModel.tensor(tensors, name).values();
      buffer.asFloatBuffer().put(values);
      buffer.position(buffer.position() + Float.BYTES * values.length);
    }
    return buffer.array();
  }

  /**
   * The tensors of a state, by name, in order.
   *
   * @throws IllegalArgumentException if it is not the state of that worker after that number of
   *     steps
   */
  public Map<String, HostTensor> read(int worker, long step, byte[] state) {
    ByteBuffer buffer = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
    if (state.length != length() || buffer.getInt() != MARK) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d bytes are not the state of a worker of this training, which has %d",
              state.length,
              length()));
    }
    int actualWorker = buffer.getInt();
    long actualStep = buffer.getLong();
    if (actualWorker != worker || actualStep != step) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the state is of worker %d after step %d, expected worker %d after step %d",
              actualWorker,
              actualStep,
              worker,
              step));
    }
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> {
      float[] values = new float[shape.elements()];
      buffer.asFloatBuffer().get(values);
      buffer.position(buffer.position() + Float.BYTES * values.length);
      tensors.put(name, new HostTensor(shape, values));
    });
    return tensors;
  }

  /** The state of every worker before its first step. */
  public Map<String, HostTensor> initial() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> tensors.put(name, new HostTensor(shape, new float[shape.elements()])));
    return tensors;
  }

  private int length() {
    long numbers = shapes.values().stream().mapToLong(Shape::elements).sum();
    return Math.toIntExact(HEADER_BYTES + Float.BYTES * numbers);
  }
}
