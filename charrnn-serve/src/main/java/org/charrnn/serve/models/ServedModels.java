package org.charrnn.serve.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.serve.http.ApiError;
import org.charrnn.serve.http.ApiException;

/**
 * The models of a server, by name.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class ServedModels implements AutoCloseable {

  private final Map<String, ServedModel> models =
      Collections.synchronizedMap(new LinkedHashMap<>());

  /**
   * The models, the first of which answers requests that name none. There may be none yet.
   *
   * @param models the models
   * @throws IllegalArgumentException if two have one name
   */
  public ServedModels(List<ServedModel> models) {
    models.forEach(this::add);
  }

  /**
   * Adds a model.
   *
   * @param model the model
   * @throws IllegalArgumentException if there is one of that name
   */
  public void add(ServedModel model) {
    if (models.putIfAbsent(model.id(), model) != null) {
      throw new IllegalArgumentException("two models are named '" + model.id() + "'");
    }
  }

  /** {@return all models, in order} */
  public List<ServedModel> all() {
    synchronized (models) {
      return List.copyOf(models.values());
    }
  }

  /**
   * {@return the model that a request names, or the first one}
   *
   * @param id the name of a model, if the client gives one
   * @throws ApiException with status 404 if there is none of that name, 503 if there is none yet
   */
  public ServedModel get(Optional<String> id) {
    List<ServedModel> all = all();
    if (all.isEmpty()) {
      throw new ApiException(
          ApiError.unavailable("There is no model yet: the training has not saved one."));
    }
    return id.isEmpty()
        ? all.getFirst()
        : all.stream()
            .filter(model -> model.id().equals(id.get()))
            .findFirst()
            .orElseThrow(() -> unknown(id.get(), all));
  }

  private static ApiException unknown(String id, List<ServedModel> all) {
    String names = String.join(", ", all.stream().map(ServedModel::id).toList());
    return new ApiException(
        ApiError.invalid("There is no model '" + id + "'; the models are " + names + ".")
            .withStatus(404)
            .withField("model")
            .withCode("model_not_found"));
  }

  /** Closes all models when their last requests end. */
  @Override
  public void close() {
    all().forEach(ServedModel::close);
  }
}
