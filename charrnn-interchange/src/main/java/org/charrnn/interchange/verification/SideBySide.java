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
import org.charrnn.interchange.onnx.OnnxWriter;

/**
 * Windows that ONNX Runtime and an accelerator read, side by side.
 *
 * @param environment of ONNX Runtime
 * @param session the exported model
 * @param runner the model
 * @param vocabularySize V
 * @param steps T, the length of a window
 * @param batchSize B
 */
record SideBySide(
    OrtEnvironment environment,
    OrtSession session,
    ModelRunner runner,
    int vocabularySize,
    int steps,
    int batchSize) {

  /** Compares windows of random ids; from random states, or, with a scorer, from zeros. */
  Difference compare(int windows, RandomGenerator random) throws OrtException {
    Map<String, float[]> states = randomStates(random);
    states.forEach(runner::write);
    Difference difference = Difference.NONE;
    for (int window = 0; window < windows; window++) {
      long[] ids = random.longs((long) steps * batchSize, 0, vocabularySize).toArray();
      difference = difference.or(states.isEmpty() ? scores(ids) : logits(ids, states));
    }
    return difference;
  }

  private Map<String, float[]> randomStates(RandomGenerator random) throws OrtException {
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

  /** Compares the log-probabilities of a scorer. */
  private Difference scores(long[] ids) throws OrtException {
    runner.reset();
    Map<String, OnnxTensor> inputs = inputs(ids, Map.of());
    try (OrtSession.Result result = session.run(inputs)) {
      float[] actual = floats(result, OnnxWriter.LOG_PROBABILITIES);
      Difference difference = Difference.NONE;
      for (int step = 0; step < steps; step++) {
        float[] expected = logSoftmax(runner.logits(at(ids, step)));
        difference =
            difference.or(Difference.between(expected, actual, step * batchSize * vocabularySize));
      }
      return difference;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /** Compares one window; {@code states} holds those before it and then those after it. */
  private Difference logits(long[] ids, Map<String, float[]> states) throws OrtException {
    Map<String, OnnxTensor> inputs = inputs(ids, states);
    try (OrtSession.Result result = session.run(inputs)) {
      float[] actual = floats(result, OnnxWriter.LOGITS);
      Difference difference = Difference.NONE;
      for (int step = 0; step < steps; step++) {
        float[] expected = runner.logits(at(ids, step));
        difference =
            difference.or(Difference.between(expected, actual, step * batchSize * vocabularySize));
      }
      for (Map.Entry<String, float[]> state : runner.states().entrySet()) {
        float[] after = floats(result, state.getKey() + ".out");
        difference = difference.or(Difference.between(state.getValue(), after, 0));
        states.put(state.getKey(), after);
        runner.write(state.getKey(), after); // a chaotic network would enlarge the difference
      }
      return difference;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private Map<String, OnnxTensor> inputs(long[] ids, Map<String, float[]> states)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    inputs.put(
        "ids",
        OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), new long[] {steps, batchSize}));
    for (Map.Entry<String, float[]> state : states.entrySet()) {
      long[] shape = {batchSize, state.getValue().length / batchSize};
      inputs.put(
          state.getKey(),
          OnnxTensor.createTensor(environment, FloatBuffer.wrap(state.getValue()), shape));
    }
    return inputs;
  }

  /** The ids of one step, one for each text. */
  private int[] at(long[] ids, int step) {
    int[] row = new int[batchSize];
    for (int i = 0; i < batchSize; i++) {
      row[i] = (int) ids[step * batchSize + i];
    }
    return row;
  }

  /** The logarithm of the softmax of each row. */
  private float[] logSoftmax(float[] logits) {
    float[] results = new float[logits.length];
    for (int row = 0; row < logits.length; row += vocabularySize) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (int i = row; i < row + vocabularySize; i++) {
        greatest = Math.max(greatest, logits[i]);
      }
      double sum = 0;
      for (int i = row; i < row + vocabularySize; i++) {
        sum += Math.exp(logits[i] - greatest);
      }
      for (int i = row; i < row + vocabularySize; i++) {
        results[i] = (float) (logits[i] - greatest - Math.log(sum));
      }
    }
    return results;
  }

  private static float[] floats(OrtSession.Result result, String name) throws OrtException {
    FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}
