package org.charrnn.examples.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.deploy.SparkSubmit;

/**
 * Submits programs in sequence in one process, since most of the time of a short program is that of
 * loading Spark.
 */
final class Submissions {

  /** Follows the arguments of each program, and what it prints unless it closes standard output. */
  static final String END = "--- end of a program ---";

  private Submissions() {}

  /**
   * Submits the programs.
   *
   * @param args the arguments of spark-submit for each program, each followed by {@link #END}
   */
  public static void main(String[] args) {
    List<String> program = new ArrayList<>();
    for (String word : args) {
      if (word.equals(END)) {
        SparkSubmit.main(program.toArray(String[]::new));
        System.out.println(END);
        program.clear();
      } else {
        program.add(word);
      }
    }
  }
}
