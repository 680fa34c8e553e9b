package org.charrnn.interchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.charrnn.interchange.RandomModels.Head;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Runs the script of examples/interchange in a real PyTorch, where there is one. */
class PyTorchTest {

  /** A Python with torch and safetensors; {@code python3} by default. */
  private static final String PYTHON =
      Optional.ofNullable(System.getenv("CHARRNN_TEST_PYTHON")).orElse("python3");

  private static final Path EXAMPLES = Path.of("..", "examples", "interchange").toAbsolutePath();
  private static final Path SCRIPT = EXAMPLES.resolve("continue_in_pytorch.py");
  private static final Path WITH_TRANSFORMERS = EXAMPLES.resolve("generate_with_transformers.py");

  @TempDir Path folder;

  @BeforeEach
  void requireTorch() throws Exception {
    assumeTrue(
        run(List.of(PYTHON, "-c", "import torch, safetensors")).exit() == 0,
        "no torch and safetensors for "
            + PYTHON
            + "; CHARRNN_TEST_PYTHON names another Python. TorchGoldenTest compares with what"
            + " PyTorch computed.");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "gru,UNTIED",
    "gru-reset-after,TIED",
    "lstm,TIED_WITH_PROJECTION",
    "rnn,WITHOUT_EMBEDDING",
    "lstm,UNTIED"
  })
  void folder_inTransformers_writesTheSameText(String cell, Head head) throws Exception {
    assumeTrue(
        run(List.of(PYTHON, "-c", "import transformers")).exit() == 0,
        "no transformers for " + PYTHON);
    SavedModel model = RandomModels.of(cell, 2, head);
    Path exported = folder.resolve("hf");
    Interchange.exportFolder(model, exported);
    Path checkpoint = folder.resolve("model.ckpt");
    Checkpoint.writeModel(model, checkpoint);

    Result result =
        run(List.of(PYTHON, WITH_TRANSFORMERS.toString(), exported.toString(), "选择", "40"));

    assertEquals(0, result.exit(), result.output());
    assertGreedy("greedy: ", checkpoint, "选择", result);
  }

  private static void assertGreedy(String label, Path checkpoint, String prompt, Result result) {
    String expected =
        label + JsonMapper.builder().build().writeValueAsString(greedy(checkpoint, prompt, 40));
    assertTrue(result.output().contains(expected), () -> result.output() + " lacks " + expected);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "gru,UNTIED",
    "gru-reset-after,TIED",
    "lstm,TIED_WITH_PROJECTION",
    "rnn,WITHOUT_EMBEDDING",
    "lstm,UNTIED"
  })
  void folder_inPyTorch_writesTheSameTextTrainsAndComesBack(String cell, Head head)
      throws Exception {
    SavedModel model = RandomModels.of(cell, 2, head);
    Path exported = folder.resolve("hf");
    Interchange.exportFolder(model, exported);
    Path checkpoint = folder.resolve("model.ckpt");
    Checkpoint.writeModel(model, checkpoint);
    Path text = Files.writeString(folder.resolve("text.txt"), "选择 a\n选择é0 {a}\n".repeat(10));

    Result result =
        run(List.of(PYTHON, SCRIPT.toString(), exported.toString(), text.toString(), "20"));

    assertEquals(0, result.exit(), result.output());
    assertGreedy("greedy before: ", checkpoint, "选", result);
    SavedModel trained = Interchange.importModel(exported, ImportOptions.NONE);
    assertEquals(model.tensors().keySet(), trained.tensors().keySet());
    assertFalse(model.tensors().equals(trained.tensors()), "nothing was learned");
    Path again = folder.resolve("again.ckpt");
    Checkpoint.writeModel(trained, again);
    assertGreedy("greedy after: ", again, "选", result);
  }

  private static String greedy(Path checkpoint, String prompt, int length) {
    try (LanguageModel model = CharRnn.create().load(checkpoint)) {
      return model.generate(new GenerationRequest(prompt, length, Sampler.greedy(), 0));
    }
  }

  private record Result(int exit, String output) {}

  private Result run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int exit = process.waitFor();
      return new Result(exit, Files.readString(output));
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    }
  }
}
