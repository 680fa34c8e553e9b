/** The endpoints, with the requests and responses of OpenAI's API and of llama.cpp's server. */
@NullMarked
package org.charrnn.serve.openai;

import org.jspecify.annotations.NullMarked;
