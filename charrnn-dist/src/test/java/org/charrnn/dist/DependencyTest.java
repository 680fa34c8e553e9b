package org.charrnn.dist;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects outside the repository, with the dependencies of README.md. */
class DependencyTest {

  private static final String TEXT = "选择一条路，也就选择了路边的风景。\n".repeat(200);

  @TempDir private Path folder;

  @Test
  void oneDependency_trainsSavesLoadsWritesAndScores() throws Exception {
    String dependency = Pages.block("README.md", "xml", "<artifactId>charrnn</artifactId>");
    ScratchProject project =
        new ScratchProject(folder, "<dependencies>" + dependency + "</dependencies>", "");
    project.write("FirstTenMinutes.java", Pages.block("README.md", "java", "FirstTenMinutes"));
    project.write("ScoreTexts.java", Pages.block("README.md", "java", "class ScoreTexts"));
    Files.writeString(folder.resolve("text.txt"), TEXT);
    String written = execute(project, "FirstTenMinutes", "compile");
    assertTrue(written.contains("选"), written);
    assertTrue(Files.size(folder.resolve("model.ckpt")) > 0, written);
    String scores = execute(project, "ScoreTexts");
    assertTrue(scores.matches("(?s).*\\d bits\t选择一条路.*"), scores);
  }

  @Test
  void billOfMaterials_givesTheVersions() throws Exception {
    ScratchProject project =
        new ScratchProject(folder, Pages.block("README.md", "xml", "charrnn-bom"), "");
    project.write("FirstTenMinutes.java", Pages.block("README.md", "java", "FirstTenMinutes"));
    Files.writeString(folder.resolve("text.txt"), TEXT);
    String written = execute(project, "FirstTenMinutes", "compile");
    assertTrue(written.contains("选"), written);
  }

  private static String execute(ScratchProject project, String type, String... goals)
      throws Exception {
    String[] arguments = new String[goals.length + 3];
    System.arraycopy(goals, 0, arguments, 0, goals.length);
    arguments[goals.length] = "exec:java";
    arguments[goals.length + 1] = "-Dexec.mainClass=" + type;
    arguments[goals.length + 2] = "-Dexec.args=text.txt model.ckpt";
    return project.maven(arguments).requireSuccess().output();
  }
}
