/**
 * The form of results on standard output, for all commands.
 *
 * <p>Input: results as maps, failures of standard output. Output: JSON, and the reason of a
 * failure.
 */
@NullMarked
package org.charrnn.cli.output;

import org.jspecify.annotations.NullMarked;
