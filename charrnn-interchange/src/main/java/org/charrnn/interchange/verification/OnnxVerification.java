package org.charrnn.interchange.verification;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.random.RandomGenerator;
import org.charrnn.api.Accelerator;
import org.charrnn.api.SeededRandom;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.text.checkpoint.SavedModel;

/**
 * Runs a model in ONNX Runtime and on an accelerator, side by side, from random states.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class OnnxVerification {

  /** Consecutive windows, each with the state that the previous one left. */
  private static final int WINDOWS = 3;

  /** Lengths of windows, T. */
  private static final int[] STEPS = {1, 7, 50};

  /** Numbers of texts, B. */
  private static final int[] BATCH_SIZES = {1, 3};

  private OnnxVerification() {}

  /**
   * Loads the native library of ONNX Runtime.
   *
   * @throws LinkageError if it does not load, or ONNX Runtime is not on the class path
   */
  public static void load() {
    OrtEnvironment.getEnvironment();
  }

  /**
   * Compares logits and states, or the log-probabilities of a scorer, over short and long windows,
   * of one text and of several.
   *
   * @param onnx the bytes of the exported model
   * @param model the model
   * @param accelerator the accelerator
   * @return the largest differences
   * @throws InterchangeException if ONNX Runtime cannot run the exported model
   */
  public static Difference compare(SavedModel model, byte[] onnx, Accelerator accelerator) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    RandomGenerator random = new SeededRandom(1);
    Difference difference = Difference.NONE;
    try (OrtSession session = environment.createSession(onnx)) {
      for (int batchSize : BATCH_SIZES) {
        try (ModelRunner runner = new ModelRunner(model, accelerator, batchSize)) {
          for (int steps : STEPS) {
            difference =
                difference.or(
                    new SideBySide(
                            environment,
                            session,
                            runner,
                            model.vocabulary().size(),
                            steps,
                            batchSize)
                        .compare(WINDOWS, random));
          }
        }
      }
    } catch (OrtException e) {
      throw new InterchangeException("ONNX Runtime", "cannot run the model: " + e.getMessage());
    }
    return difference;
  }
}
