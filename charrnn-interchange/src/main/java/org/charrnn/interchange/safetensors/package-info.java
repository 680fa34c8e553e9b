/**
 * Files in the safetensors layout, read as strictly as its reference implementation does.
 *
 * <p>Input: a file of any program. Output: its tensors as floats, or the reason why it is refused.
 * And the way back.
 */
@NullMarked
package org.charrnn.interchange.safetensors;

import org.jspecify.annotations.NullMarked;
