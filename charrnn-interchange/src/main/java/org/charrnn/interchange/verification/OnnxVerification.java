package org.charrnn.interchange.verification;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.charrnn.api.Accelerator;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.checkpoint.SavedModel;

/**
 * Runs a model in ONNX Runtime and on an accelerator, side by side, from random states.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class OnnxVerification {

  /** Consecutive windows, each with the state that the previous one left. */
  private static final int WINDOWS = 3;

  private OnnxVerification() {}

  /**
   * Whether the native library of ONNX Runtime loads.
   *
   * @throws LinkageError if it does not, or ONNX Runtime is not on the class path
   */
  public static boolean isAvailable() {
    return OrtEnvironment.getEnvironment() != null;
  }

  /** Compares logits and states over short and long windows, of one text and of several. */
  public static Difference compare(SavedModel model, byte[] onnx, Accelerator accelerator) {
    Difference difference = Difference.NONE;
    for (int steps : new int[] {1, 7, 50}) {
      for (int batchSize : new int[] {1, 3}) {
        difference = difference.or(compare(model, onnx, accelerator, steps, batchSize));
      }
    }
    return difference;
  }

  /**
   * Compares logits and states.
   *
   * @param onnx the bytes of the exported model, with states in and out
   * @param steps T, the length of a window
   * @param batchSize B
   */
  public static Difference compare(
      SavedModel model, byte[] onnx, Accelerator accelerator, int steps, int batchSize) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    RandomGenerator random = new SeededRandom(1);
    Difference difference = Difference.NONE;
    try (OrtSession session = environment.createSession(onnx);
        ModelRunner runner = new ModelRunner(model, accelerator, batchSize)) {
      Map<String, float[]> states = randomStates(session, batchSize, random);
      states.forEach(runner::write);
      for (int window = 0; window < WINDOWS; window++) {
        long[] ids = random.longs((long) steps * batchSize, 0, model.vocabulary().size()).toArray();
        difference =
            difference.or(compare(environment, session, runner, ids, steps, batchSize, states));
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refused the model: " + e.getMessage(), e);
    }
    return difference;
  }

  private static Map<String, float[]> randomStates(
      OrtSession session, int batchSize, RandomGenerator random) throws OrtException {
    Map<String, float[]> states = new LinkedHashMap<>();
    for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
      if (!input.getKey().equals("ids")) {
        int hidden = (int) ((TensorInfo) input.getValue().getInfo()).getShape()[1];
        float[] values = new float[batchSize * hidden];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextDouble(-1, 1);
        }
        states.put(input.getKey(), values);
      }
    }
    return states;
  }

  /** Compares one window; {@code states} holds those before it and then those after it. */
  private static Difference compare(
      OrtEnvironment environment,
      OrtSession session,
      ModelRunner runner,
      long[] ids,
      int steps,
      int batchSize,
      Map<String, float[]> states)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    inputs.put(
        "ids",
        OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), new long[] {steps, batchSize}));
    for (Map.Entry<String, float[]> state : states.entrySet()) {
      inputs.put(
          state.getKey(),
          OnnxTensor.createTensor(
              environment,
              FloatBuffer.wrap(state.getValue()),
              new long[] {batchSize, state.getValue().length / batchSize}));
    }
    Difference difference = Difference.NONE;
    try (OrtSession.Result result = session.run(inputs)) {
      float[] actual = floats(result, "logits");
      int vocabularySize = actual.length / (steps * batchSize);
      for (int step = 0; step < steps; step++) {
        int[] next = new int[batchSize];
        for (int row = 0; row < batchSize; row++) {
          next[row] = (int) ids[step * batchSize + row];
        }
        difference =
            difference.or(
                Difference.between(runner.logits(next), actual, step * batchSize * vocabularySize));
      }
      for (Map.Entry<String, float[]> state : runner.states().entrySet()) {
        float[] after = floats(result, state.getKey() + ".out");
        difference = difference.or(Difference.between(state.getValue(), after, 0));
        states.put(state.getKey(), after);
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
    return difference;
  }

  private static float[] floats(OrtSession.Result result, String name) throws OrtException {
    FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}
