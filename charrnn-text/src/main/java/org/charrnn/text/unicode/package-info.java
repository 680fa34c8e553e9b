/** Unicode rules that all text follows, whether it comes from a file, a request or a checkpoint. */
@NullMarked
package org.charrnn.text.unicode;

import org.jspecify.annotations.NullMarked;
