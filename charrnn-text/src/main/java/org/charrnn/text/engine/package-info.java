/**
 * Computes the requests of many threads on one model. Not exported: the inside of {@link
 * org.charrnn.text.LanguageModel}.
 *
 * <p>Input: requests, each from a thread that waits for it. Output: texts, states, and the results
 * of other work on the model. {@link org.charrnn.text.engine.Engine} owns the thread that computes;
 * {@link org.charrnn.text.engine.Loop} advances all texts together, each in rows of a {@link
 * org.charrnn.text.engine.RowModel}; {@link org.charrnn.text.engine.Generation} turns requests into
 * jobs, and what they have generated into text, on the threads of the callers.
 */
@NullMarked
package org.charrnn.text.engine;

import org.jspecify.annotations.NullMarked;
