package org.charrnn.examples.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.charrnn.text.scoring.TextScore;
import org.junit.jupiter.api.Test;

/** The examples work on data that they have not seen; each prints its figure. */
class ScoringExamplesTest {

  // ---- spelling

  private static final List<String> ENDS =
      List.of(
          "the train to %s leaves at %s",
          "the rain in %s will stop at %s",
          "the trail to %s is steep after %s",
          "the brain doctor of %s comes at %s",
          "the grain from %s is sold at %s");
  private static final List<String> TOWNS =
      List.of("rome", "oslo", "bern", "paris", "lima", "cairo", "delhi", "quito");
  private static final List<String> TIMES = List.of("noon", "ten", "six", "dawn", "night");

  /** Each noun loses a letter in such a way that several nouns are as near as the right one. */
  private static final List<String> TYPOS = List.of("tain", "ain", "trai", "bain", "gain");

  @Test
  void spelling_inContext_isBetterThanByLettersAlone() throws IOException {
    List<String> learned = new ArrayList<>();
    List<String[]> asked = new ArrayList<>(); // with a typo, and right
    int number = 0;
    for (int i = 0; i < ENDS.size(); i++) {
      for (String town : TOWNS) {
        for (String time : TIMES) {
          String right = String.format(Locale.ROOT, ENDS.get(i), town, time);
          if (number++ % 5 == 0) {
            String noun = right.split(" ")[1];
            asked.add(new String[] {right.replaceFirst(noun, TYPOS.get(i)), right});
          } else {
            learned.add(right);
          }
        }
      }
    }
    int byLetters = 0;
    int byFiveGrams = 0;
    int inContext = 0;
    FiveGrams fiveGrams = new FiveGrams(learned);
    try (SpellingInContext spelling = new SpellingInContext(shuffled(learned))) {
      for (String[] pair : asked) {
        String typo = pair[0].split(" ")[1];
        List<String> suggestions = spelling.suggestions(typo);
        byLetters +=
            !suggestions.isEmpty() && suggestions.getFirst().equals(pair[1].split(" ")[1]) ? 1 : 0;
        byFiveGrams +=
            spelling.candidates(pair[0], 1).stream()
                    .max(Comparator.comparingDouble(fiveGrams::logProbability))
                    .equals(Optional.of(pair[1]))
                ? 1
                : 0;
        inContext += spelling.corrected(pair[0], 1).equals(pair[1]) ? 1 : 0;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "spelling: of %d right: %d by letters, %d by a character 5-gram, %d by the model%n",
        asked.size(),
        byLetters,
        byFiveGrams,
        inContext);
    assertEquals(40, asked.size());
    assertTrue(
        inContext >= 36 && inContext > byLetters && inContext > byFiveGrams,
        byLetters + " " + byFiveGrams + " " + inContext);
  }

  private static List<String> shuffled(List<String> lines) {
    List<String> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, new Random(1));
    return shuffled;
  }

  // ---- languages

  private static final Map<String, List<String>> LANGUAGES = new LinkedHashMap<>();

  static {
    LANGUAGES.put(
        "en",
        List.of(
            "the children walk to school in the morning",
            "she reads a book by the window",
            "we have bread and cheese for the evening",
            "the weather is cold and the sky is grey",
            "there was nothing left on the table",
            "he wanted to know where the others had gone",
            "with a little luck they will be here tomorrow"));
    LANGUAGES.put(
        "de",
        List.of(
            "die kinder gehen am morgen zur schule",
            "sie liest am fenster ein buch",
            "wir haben brot und schinken für den abend",
            "das wetter ist kalt und der himmel ist grau",
            "auf dem tisch war nichts mehr übrig",
            "er wollte wissen wohin die anderen gegangen sind",
            "mit etwas glück werden sie morgen hier sein"));
    LANGUAGES.put(
        "fr",
        List.of(
            "les enfants vont le matin à l'école",
            "elle lit un livre près de la fenêtre",
            "nous avons du pain et du fromage pour le soir",
            "le temps est froid et le ciel est gris",
            "il ne restait plus rien sur la table",
            "il voulait savoir où les autres étaient allés",
            "avec un peu de chance ils seront ici demain"));
    LANGUAGES.put(
        "es",
        List.of(
            "los niños van por la mañana a la escuela",
            "ella lee un libro junto a la ventana",
            "tenemos pan y queso para la noche",
            "hace frío y el cielo está gris",
            "no quedaba nada sobre la mesa",
            "quería saber adónde habían ido los demás",
            "con un poco de suerte estarán aquí mañana"));
  }

  private static final List<String[]> UNSEEN =
      List.of(
          new String[] {"en", "the teacher was waiting for them at the door"},
          new String[] {"en", "nobody knew what the letter said"},
          new String[] {"en", "they went home when the rain stopped"},
          new String[] {"de", "der lehrer wartete an der tür auf sie"},
          new String[] {"de", "niemand wusste was in dem brief stand"},
          new String[] {"de", "sie gingen nach hause als der regen aufhörte"},
          new String[] {"fr", "le professeur les attendait devant la porte"},
          new String[] {"fr", "personne ne savait ce que disait la lettre"},
          new String[] {"fr", "ils sont rentrés quand la pluie a cessé"},
          new String[] {"es", "el maestro los esperaba en la puerta"},
          new String[] {"es", "nadie sabía lo que decía la carta"},
          new String[] {"es", "volvieron a casa cuando dejó de llover"});

  @Test
  void languages_ofUnseenLines() {
    Map<String, FiveGrams> fiveGrams = new LinkedHashMap<>();
    LANGUAGES.forEach((language, lines) -> fiveGrams.put(language, new FiveGrams(lines)));
    int byFiveGrams = 0;
    int right = 0;
    try (LanguageIdentification languages = new LanguageIdentification(LANGUAGES)) {
      for (String[] line : UNSEEN) {
        byFiveGrams +=
            fiveGrams.entrySet().stream()
                    .max(Comparator.comparingDouble(it -> it.getValue().logProbability(line[1])))
                    .orElseThrow()
                    .getKey()
                    .equals(line[0])
                ? 1
                : 0;
        right += languages.classify(line[1]).label().equals(line[0]) ? 1 : 0;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "languages: of %d lines right: %d by character 5-grams, %d by the models%n",
        UNSEEN.size(),
        byFiveGrams,
        right);
    assertTrue(right >= 10, "right: " + right);
  }

  // ---- logs, and a filter for them

  private static List<String> log(int count, int seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String time =
          String.format(Locale.ROOT, "%02d:%02d:%02d", i / 60 % 24, i % 60, random.nextInt(60));
      lines.add(
          time
              + switch (random.nextInt(3)) {
                case 0 ->
                    " INFO GET /orders/"
                        + (1000 + random.nextInt(9000))
                        + " 200 in "
                        + (5 + random.nextInt(90))
                        + " ms";
                case 1 -> " INFO user " + (100 + random.nextInt(900)) + " signed in";
                default -> " WARN queue length " + random.nextInt(100);
              });
    }
    return lines;
  }

  private static final List<String> ODD =
      List.of(
          "10:11:12 ERROR java.lang.OutOfMemoryError: Java heap space",
          "10:11:13 INFO GET /orders/1;DROP TABLE users 500 in 3 ms",
          "10:11:14 INFO user admin'-- signed in",
          "Segmentation fault (core dumped)",
          "10:11:16 WARN disk /dev/sda1 is full");

  @Test
  void logAnomalies_areFound() {
    List<String> today = new ArrayList<>(log(60, 3));
    for (int i = 0; i < ODD.size(); i++) {
      today.add(7 * i, ODD.get(i));
    }
    try (LogAnomalies anomalies = new LogAnomalies(log(300, 1), log(100, 2))) {
      List<String> found = anomalies.find(today.stream()).map(TextScore::text).toList();
      long odd = found.stream().filter(ODD::contains).count();
      System.out.printf(
          Locale.ROOT,
          "log: %d of %d odd lines found, %d false alarms in 60 lines%n",
          odd,
          ODD.size(),
          found.size() - odd);
      assertEquals(ODD.size(), odd, found::toString);
      assertTrue(found.size() - odd <= 3, found::toString);
    }
  }

  @Test
  void corpusFilter_keepsTheLinesThatAreLikeTheGoodOnes() {
    List<String> good = log(60, 3);
    try (CorpusFilter filter = new CorpusFilter(log(300, 1), 3)) {
      List<String> kept = filter.filter(Stream.concat(good.stream(), ODD.stream())).toList();
      System.out.printf(
          Locale.ROOT,
          "filter: %d of 60 good lines kept, %d of %d others%n",
          kept.stream().filter(good::contains).count(),
          kept.stream().filter(ODD::contains).count(),
          ODD.size());
      assertTrue(kept.stream().filter(good::contains).count() >= 55, kept::toString);
      assertTrue(kept.stream().noneMatch(ODD::contains), kept::toString);
    }
  }
}
