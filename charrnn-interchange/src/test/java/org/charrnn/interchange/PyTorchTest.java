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

  private static final Path SCRIPT =
      Path.of("..", "examples", "interchange", "continue_in_pytorch.py").toAbsolutePath();

  @TempDir Path folder;

  @BeforeEach
  void requireTorch() throws Exception {
    assumeTrue(
        run(List.of(PYTHON, "-c", "import torch, safetensors")).exit() == 0,
        "no torch and safetensors for " + PYTHON + "; CHARRNN_TEST_PYTHON names another Python");
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
    model.write(checkpoint);
    Path text = Files.writeString(folder.resolve("text.txt"), "选择 a\n选择é0 {a}\n".repeat(10));

    Result result =
        run(List.of(PYTHON, SCRIPT.toString(), exported.toString(), text.toString(), "20"));

    assertEquals(0, result.exit(), result.output());
    String greedy = JsonMapper.builder().build().writeValueAsString(greedy(checkpoint, "选", 40));
    assertTrue(result.output().contains(greedy), () -> result.output() + " lacks " + greedy);
    SavedModel trained = Interchange.importModel(exported, ImportOptions.NONE);
    assertEquals(model.tensors().keySet(), trained.tensors().keySet());
    assertFalse(model.tensors().equals(trained.tensors()), "nothing was learned");
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
