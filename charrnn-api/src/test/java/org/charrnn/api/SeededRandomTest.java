package org.charrnn.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeededRandomTest {

  @Test
  void nextLong_firstValuesOfSplitMix64() {
    // The published sequence of SplitMix64 for this seed.
    SeededRandom random = new SeededRandom(1234567);
    assertEquals("6457827717110365317", Long.toUnsignedString(random.nextLong()));
    assertEquals("3203168211198807973", Long.toUnsignedString(random.nextLong()));
    assertEquals("9817491932198370423", Long.toUnsignedString(random.nextLong()));
    assertEquals("4593380528125082431", Long.toUnsignedString(random.nextLong()));
    assertEquals("16408922859458223821", Long.toUnsignedString(random.nextLong()));
  }

  @Test
  void nextDoubleAndGaussian_firstValues_neverChange() {
    // Checkpoints are resumed by later releases, so these numbers are part of the format.
    SeededRandom random = new SeededRandom(42);
    assertEquals(0.7415648787718233, random.nextDouble());
    assertEquals(-0.10551648193541083, random.nextGaussian());
    assertEquals(447175918361287535L, random.split(7).nextLong());
  }

  @Test
  void state_savedAndRestored_goesOnAlike() {
    SeededRandom random = new SeededRandom(5);
    random.nextGaussian();
    SeededRandom restored = new SeededRandom(random.state());
    for (int i = 0; i < 100; i++) {
      assertEquals(random.nextGaussian(), restored.nextGaussian());
      assertEquals(random.nextInt(10), restored.nextInt(10));
    }
    assertEquals(random.state(), restored.state());
  }

  @Test
  void nextDouble_isInTheHalfOpenUnitInterval() {
    SeededRandom random = new SeededRandom(9);
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      double value = random.nextDouble();
      assertTrue(value >= 0 && value < 1);
      sum += value;
    }
    assertEquals(0.5, sum / 100_000, 0.005);
  }

  @Test
  void nextGaussian_momentsAreThoseOfTheNormalDistribution() {
    SeededRandom random = new SeededRandom(2024);
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    double cubes = 0;
    double fourths = 0;
    int insideOne = 0;
    for (int i = 0; i < n; i++) {
      double x = random.nextGaussian();
      sum += x;
      squares += x * x;
      cubes += x * x * x;
      fourths += x * x * x * x;
      insideOne += Math.abs(x) < 1 ? 1 : 0;
    }
    // Bounds of about five standard errors.
    assertEquals(0, sum / n, 5 * Math.sqrt(1.0 / n));
    assertEquals(1, squares / n, 5 * Math.sqrt(2.0 / n));
    assertEquals(0, cubes / n, 5 * Math.sqrt(15.0 / n));
    assertEquals(3, fourths / n, 5 * Math.sqrt(96.0 / n));
    assertEquals(0.6827, (double) insideOne / n, 0.006);
  }

  @Test
  void split_doesNotDisturbItsOrigin() {
    SeededRandom random = new SeededRandom(3);
    SeededRandom same = new SeededRandom(3);
    random.split(1).nextLong();
    assertEquals(same.nextLong(), random.nextLong());
  }

  @Test
  void split_samePurpose_sameNumbers_whateverWasDrawnAfterwards() {
    SeededRandom random = new SeededRandom(3);
    SeededRandom early = random.split(1);
    random.nextLong();
    assertEquals(new SeededRandom(3).split(1).nextLong(), early.nextLong());
  }

  @Test
  void split_purposesAndSeeds_areIndependent() {
    Set<Long> seen = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      SeededRandom random = new SeededRandom(seed);
      for (long purpose = -10; purpose < 10; purpose++) {
        SeededRandom part = random.split(purpose);
        for (int i = 0; i < 10; i++) {
          assertTrue(seen.add(part.nextLong()), "seed " + seed + ", purpose " + purpose);
        }
      }
      for (int i = 0; i < 10; i++) {
        random.nextLong();
      }
    }
  }

  @Test
  void split_neighbouringPurposes_areNotCorrelated() {
    SeededRandom a = new SeededRandom(1).split(1);
    SeededRandom b = new SeededRandom(1).split(2);
    int n = 50_000;
    double product = 0;
    for (int i = 0; i < n; i++) {
      product += a.nextGaussian() * b.nextGaussian();
    }
    assertEquals(0, product / n, 5 / Math.sqrt(n));
    assertNotEquals(a.state(), b.state());
  }
}
