package org.charrnn.serve.command;

import java.util.List;
import org.charrnn.cli.spi.TrainingServer;
import org.charrnn.serve.CharRnnServer;
import org.charrnn.serve.models.ServedModels;
import org.charrnn.serve.options.ServeOptions;
import org.charrnn.serve.training.TrainingFeed;
import org.charrnn.text.CharRnn;
import org.charrnn.text.training.TrainingListener;

/** Serves a training for {@code charrnn train --serve}. */
public final class TrainingServerProvider implements TrainingServer {

  /** For ServiceLoader. */
  public TrainingServerProvider() {}

  @Override
  public Running start(int port, CharRnn charRnn) {
    TrainingFeed feed = new TrainingFeed();
    ServedModels models = new ServedModels(List.of());
    ServedTraining training = new ServedTraining(charRnn, models);
    return new Started(CharRnnServer.start(models, ServeOptions.local(port), feed), feed, training);
  }

  private record Started(CharRnnServer server, TrainingFeed feed, ServedTraining training)
      implements Running {

    @Override
    public TrainingListener listener() {
      return feed.andThen(training);
    }

    @Override
    public String address() {
      return "http://" + ServeOptions.LOOPBACK + ":" + server.port() + "/";
    }

    @Override
    public void close() {
      feed.end();
      training.close();
      server.close();
    }
  }
}
