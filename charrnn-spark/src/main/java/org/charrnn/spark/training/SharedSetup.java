package org.charrnn.spark.training;

import java.io.Serializable;
import java.util.UUID;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.spark.files.HadoopText;
import org.charrnn.spark.model.Compute;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.encoding.TextIndex;
import org.charrnn.text.rounds.PartText;
import org.charrnn.text.rounds.StreamedText;
import org.charrnn.text.rounds.TextParts;
import org.charrnn.text.rounds.WorkerSetup;

/**
 * Everything that executors must know about a training; it is sent to each of them once.
 *
 * @param run a name of this training that no other one has
 * @param worker the setup of workers
 * @param parts how the text is divided
 * @param text the text
 * @param index places in it
 * @param lineEndings how its line endings are read
 * @param compute where the workers compute
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record SharedSetup(
    String run,
    byte[] worker,
    TextParts parts,
    HadoopText text,
    TextIndex index,
    Corpus.LineEndings lineEndings,
    Compute compute)
    implements Serializable {

  static SharedSetup of(
      WorkerSetup worker,
      TextParts parts,
      HadoopText text,
      PartText whole,
      Corpus.LineEndings lineEndings,
      Compute compute) {
    TextIndex index =
        whole
            .index()
            .orElseThrow(() -> new IllegalStateException("the text is not read in pieces"));
    String run = UUID.randomUUID().toString();
    return new SharedSetup(run, worker.toBytes(), parts, text, index, lineEndings, compute);
  }

  /** Opens the text, which is read where a worker needs it. */
  StreamedText open(WorkerSetup setup) {
    Tokenizer tokenizer = Plugins.tokenizers().get(setup.config().model().tokenizer());
    Corpus.InFile corpus = new Corpus.InFile(text, lineEndings);
    return StreamedText.open(corpus, index, setup.vocabulary(), tokenizer);
  }
}
