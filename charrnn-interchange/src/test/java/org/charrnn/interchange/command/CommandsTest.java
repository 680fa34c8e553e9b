package org.charrnn.interchange.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.charrnn.interchange.RandomModels;
import org.charrnn.interchange.RandomModels.Head;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.checkpoint.SavedModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final SavedModel model = RandomModels.of("gru", 2, Head.TIED);
  private Path checkpoint = Path.of("");

  @BeforeEach
  void write() {
    checkpoint = folder.resolve("model.ckpt");
    Checkpoint.writeModel(model, checkpoint);
  }

  @Test
  void exportOnnx_andImport_giveTheSameWeights() {
    Path onnx = folder.resolve("model.onnx");
    assertEquals(0, export(checkpoint.toString(), "--to", "onnx", "--out", onnx.toString()));
    assertTrue(out.toString().contains("ONNX Runtime computes the same"), out::toString);
    assertImported(onnx);
  }

  @Test
  void exportFolder_andImport_giveTheSameWeights() {
    Path hf = folder.resolve("hf");
    assertEquals(0, export(checkpoint.toString(), "--to", "hf", "--out", hf.toString()));
    assertTrue(out.toString().contains("gives the same weights"), out::toString);
    assertImported(hf);
  }

  @Test
  void exportScorer_isWritten() {
    Path onnx = folder.resolve("scorer.onnx");
    assertEquals(
        0, export(checkpoint.toString(), "--to", "onnx", "--scorer", "--out", onnx.toString()));
    assertTrue(Files.exists(onnx));
  }

  @Test
  void exportOnnx_withoutTheNativeLibrary_saysSo() throws Exception {
    Path onnx = folder.resolve("model.onnx");
    String output = withoutNativeLibrary(onnx);
    assertTrue(output.contains("Wrote " + onnx), output);
    assertTrue(
        output.contains("Its results were not compared: the native library of ONNX Runtime"),
        output);
    assertTrue(Files.exists(onnx));

    Files.delete(onnx);
    String refused = withoutNativeLibrary(onnx, "--verify");
    assertTrue(refused.contains("ONNX Runtime is needed for --verify"), refused);
    assertFalse(Files.exists(onnx));
  }

  private String withoutNativeLibrary(Path onnx, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Donnxruntime.native.path=" + folder,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "org.charrnn.cli.Main",
                "export",
                checkpoint.toString(),
                "--to",
                "onnx",
                "--out",
                onnx.toString()));
    command.addAll(List.of(options));
    Path output = folder.resolve("output.txt");
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start()
        .waitFor();
    return Files.readString(output);
  }

  @Test
  void exportOnnx_notVerified_saysSo() {
    Path onnx = folder.resolve("model.onnx");
    assertEquals(
        0, export(checkpoint.toString(), "--to", "onnx", "--no-verify", "--out", onnx.toString()));
    assertTrue(out.toString().contains("not compared: it was not asked for"), out::toString);
  }

  @Test
  void import_overAnotherFile_isRefused() throws Exception {
    Path hf = folder.resolve("hf");
    assertEquals(0, export(checkpoint.toString(), "--to", "hf", "--out", hf.toString()));
    Path corpus = Files.writeString(folder.resolve("essays.txt"), "a text that took years");
    assertFalse(
        0
            == commandLine(new ImportProvider().command())
                .execute(hf.toString(), "--out", corpus.toString()));
    assertEquals("a text that took years", Files.readString(corpus));
  }

  @Test
  void exportFolder_optionsOfOnnx_areRefused() {
    Path hf = folder.resolve("hf");
    assertFalse(0 == export(checkpoint.toString(), "--to", "hf", "--scan", "--out", hf.toString()));
    assertFalse(Files.exists(hf));
  }

  @Test
  void import_brokenFile_writesNothing() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "no model");
    Path target = folder.resolve("imported.ckpt");
    assertFalse(
        0
            == commandLine(new ImportProvider().command())
                .execute(broken.toString(), "--out", target.toString()));
    assertFalse(Files.exists(target));
  }

  private void assertImported(Path exported) {
    Path target = folder.resolve("imported.ckpt");
    assertEquals(
        0,
        commandLine(new ImportProvider().command())
            .execute(exported.toString(), "--out", target.toString()));
    assertEquals(model.tensors(), Checkpoint.readModel(target).tensors());
  }

  private int export(String... arguments) {
    return commandLine(new ExportProvider().command()).execute(arguments);
  }

  private CommandLine commandLine(Object command) {
    return new CommandLine(command).setOut(new PrintWriter(out, true));
  }
}
