/**
 * What training reports.
 *
 * <p>Before this room stands {@link org.charrnn.text.Trainer}, which makes these values; after it
 * stands whoever shows or records them: a {@link org.charrnn.text.train.TrainingListener}. All
 * losses are in nats per character, bits and perplexity beside them.
 */
@NullMarked
package org.charrnn.text.train;

import org.jspecify.annotations.NullMarked;
