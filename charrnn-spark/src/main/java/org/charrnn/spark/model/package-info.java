/**
 * Models on executors.
 *
 * <p>Input: the file of a model, which the driver reads. Output: a {@link
 * org.charrnn.text.LanguageModel} in each executor, loaded once and shared by its tasks.
 */
@NullMarked
package org.charrnn.spark.model;

import org.jspecify.annotations.NullMarked;
