package org.charrnn.text.device;

import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.charrnn.text.generate.Sampler;

/** Writes on from a text, one id after another. */
public final class GenerationProgram {

  private final BoundProgram program;
  private final int[] id = new int[1];
  private final float[] logits;

  /** Compiles a step of generation. */
  public GenerationProgram(DeviceModel model, int vocabularySize) {
    this.program = model.bind(model.network().generate(1));
    this.logits = new float[vocabularySize];
  }

  /**
   * Reads the beginning from a zero state and then what it writes itself.
   *
   * @param begin at least one id
   * @param length the number of ids to write
   * @param written receives each of them
   */
  public void generate(
      int[] begin, int length, Sampler sampler, RandomGenerator random, IntConsumer written) {
    program.clearCarriedState();
    for (int given : begin) {
      advance(given);
    }
    for (int i = 0; i < length; i++) {
      program.memory("logits").read(logits);
      int next = sampler.pick(logits, random);
      written.accept(next);
      if (i + 1 < length) {
        advance(next);
      }
    }
  }

  private void advance(int next) {
    id[0] = next;
    program.memory("ids").write(id);
    program.run();
  }
}
