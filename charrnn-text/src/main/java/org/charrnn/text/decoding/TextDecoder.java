package org.charrnn.text.decoding;

import org.charrnn.text.generation.GeneratedText.Ending;

/** A decoder that generates a text. */
public interface TextDecoder extends Decoder {

  /**
   * The symbols that will stay, the prompt included; the text {@linkplain Hypothesis#hasEnded has
   * ended} when {@link #next} has returned false, or when nothing is to be generated.
   */
  Hypothesis text();

  /**
   * The text if it ends now.
   *
   * @param size the maximum number of symbols, if symbols are final as soon as they are chosen
   * @param reason why it ends, unless it has ended for another reason
   */
  Hypothesis endNow(int size, Ending reason);
}
