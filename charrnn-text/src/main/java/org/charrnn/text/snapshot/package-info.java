/**
 * Snapshots of a training, and the files that hold them.
 *
 * <p>Input: the tensors and the position of a trainer. Output: a checkpoint, one file in the public
 * safetensors layout, from which training is resumed and text is generated, and whose weights any
 * program that knows the layout can read. docs/checkpoint-format.md specifies it, so that other
 * programs can write it too.
 *
 * <p>Equal training gives equal bytes: a file contains neither a time nor a path. It is written
 * beside its destination and moved there when all of it is on disk.
 */
@NullMarked
package org.charrnn.text.snapshot;

import org.jspecify.annotations.NullMarked;
