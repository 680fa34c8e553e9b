package org.charrnn.spark.command;

import java.util.stream.Stream;
import org.charrnn.cli.Main;

/**
 * The main class for spark-submit: {@code spark-submit --class org.charrnn.spark.command.SparkTrain
 * charrnn-spark-all.jar CORPUS --out MODEL --workers 16}.
 */
public final class SparkTrain {

  private SparkTrain() {}

  /**
   * Runs {@code charrnn spark-train} with these arguments. After success it returns, since YARN
   * takes a process that ends itself for one that has failed.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    String[] all = Stream.concat(Stream.of("spark-train"), Stream.of(args)).toArray(String[]::new);
    int exitCode = Main.execute(all);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
