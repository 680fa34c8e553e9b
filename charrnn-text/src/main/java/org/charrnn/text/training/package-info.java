/**
 * What training reports.
 *
 * <p>Before this room stands {@link org.charrnn.text.Trainer}, which makes these values; after it
 * stands whoever shows or records them: a {@link org.charrnn.text.training.TrainingListener}. All
 * losses are in nats per character, bits and perplexity beside them.
 */
@NullMarked
package org.charrnn.text.training;

import org.jspecify.annotations.NullMarked;
