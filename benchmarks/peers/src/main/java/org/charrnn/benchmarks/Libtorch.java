package org.charrnn.benchmarks;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.CrossEntropyLossOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kMean;
import org.bytedeco.pytorch.kSum;

/** Measures training with libtorch on the same windows and prints the same line as "bench". */
public final class Libtorch implements Workload {

  private final Windows windows;
  private final int[] ids;
  private final int[] targets;
  private final LongPointer nativeIds;
  private final LongPointer nativeTargets;
  private final Tensor idTensor;
  private final Tensor targetTensor;
  private final CrossEntropyLossOptions reduction = new CrossEntropyLossOptions();
  private final LibtorchStep step;
  private final boolean summed;
  private float loss;

  private Libtorch(Config config, LibtorchStep step) {
    this.step = step;
    this.summed = !config.carried();
    int count = config.steps() * config.batch();
    windows = new Windows(SyntheticText.ids(config.vocabulary()), config.steps(), config.batch());
    ids = new int[count];
    targets = new int[count];
    nativeIds = new LongPointer(count);
    nativeTargets = new LongPointer(count);
    TensorOptions integers = new TensorOptions(torch.ScalarType.Long);
    idTensor = torch.from_blob(nativeIds, new long[] {config.steps(), config.batch()}, integers);
    targetTensor = torch.from_blob(nativeTargets, new long[] {count}, integers);
    if (summed) {
      reduction.reduction().put(new kSum());
    } else {
      reduction.reduction().put(new kMean());
    }
  }

  /**
   * Measures one configuration.
   *
   * @param arguments configuration (S, M, L), threads, variant (cell or gru), seconds
   */
  public static void main(String[] arguments) {
    Config config =
        switch (arguments[0]) {
          case "S" -> Config.S;
          case "M" -> Config.M;
          case "L" -> Config.L;
          default -> throw new IllegalArgumentException("S, M or L: " + arguments[0]);
        };
    int threads = Integer.parseInt(arguments[1]);
    Loader.load(torch.class);
    torch.set_num_threads(threads);
    torch.manual_seed(1);
    LibtorchStep step =
        arguments[2].equals("gru") ? new LibtorchGru(config) : new LibtorchCell(config);
    Measurement measured =
        Measurement.of(new Libtorch(config, step), Double.parseDouble(arguments[3]));
    System.out.println(measured.json(config.name(), threads, "libtorch-" + arguments[2]));
    System.exit(0); // the threads of libtorch would keep the process alive
  }

  @Override
  public int run() {
    windows.next(ids, targets);
    for (int i = 0; i < ids.length; i++) {
      nativeIds.put(i, ids[i]);
      nativeTargets.put(i, targets[i]);
    }
    loss = step.run(idTensor, targetTensor, reduction);
    return ids.length;
  }

  @Override
  public double loss() {
    return summed ? loss / ids.length : loss;
  }

  @Override
  public void close() {
    nativeIds.close();
    nativeTargets.close();
  }
}
