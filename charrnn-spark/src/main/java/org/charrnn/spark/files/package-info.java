/**
 * Files of any file system that Hadoop reads: local ones, HDFS, and object stores whose client is
 * on the class path.
 *
 * <p>Input: paths such as {@code hdfs://host/texts}. Output: bytes, and {@linkplain
 * org.charrnn.spark.files.HadoopText texts that are read in pieces}.
 */
@NullMarked
package org.charrnn.spark.files;

import org.jspecify.annotations.NullMarked;
