/** Programs for spark-submit; docs/spark.md has the commands. */
@NullMarked
package org.charrnn.examples.spark;

import org.jspecify.annotations.NullMarked;
