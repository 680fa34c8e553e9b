/**
 * The safetensors layout: a header in JSON, and the data of tensors after it.
 *
 * <p>Input: an open file. Output: its header, checked as strictly as the reference implementation
 * does or more, and the numbers of its tensors. Checkpoints and models of other libraries are read
 * and written through it.
 */
@NullMarked
package org.charrnn.text.safetensors;

import org.jspecify.annotations.NullMarked;
