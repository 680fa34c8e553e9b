package org.charrnn.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Sessions for tests: quiet, on the loopback interface, without a web page. */
final class SparkSessions {

  private SparkSessions() {}

  static SparkConf conf(String name) {
    return new SparkConf()
        .setAppName(name)
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.sql.shuffle.partitions", "2")
        .set("spark.default.parallelism", "2");
  }

  /** A session in this process, with so many task slots. */
  static SparkSession local(int slots) {
    return SparkSession.builder()
        .config(conf("test").setMaster("local[" + slots + "]"))
        .getOrCreate();
  }
}
