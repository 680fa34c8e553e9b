/**
 * Scores at work, each in one class to be copied: {@link
 * org.charrnn.examples.scoring.SpellingInContext}, {@link
 * org.charrnn.examples.scoring.LanguageIdentification}, {@link
 * org.charrnn.examples.scoring.CorpusFilter}, {@link org.charrnn.examples.scoring.LogAnomalies}.
 */
@NullMarked
package org.charrnn.examples.scoring;

import org.jspecify.annotations.NullMarked;
