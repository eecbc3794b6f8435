package io.redward.runtime.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.BytesVector;
import org.junit.jupiter.api.Test;

class CodedGroupsTest {
  private static BytesVector vector(int entries) {
    BytesVector vector = new BytesVector(8);
    vector.keepCodes();
    dictionary(vector, entries);
    return vector;
  }

  private static void dictionary(BytesVector vector, int entries) {
    vector.pages = new byte[1][];
    vector.codeCount = entries;
  }

  @Test
  void remembersAsLongAsAllDictionariesStay() {
    CodedGroups groups = new CodedGroups();
    BytesVector first = vector(3);
    BytesVector second = vector(4);
    int[] names = groups.open(first, second);
    assertThat(names).hasSizeGreaterThanOrEqualTo(4 * 5).containsOnly(0);
    names[19] = 7;
    assertThat(groups.open(first, second)[19]).isEqualTo(7);
    dictionary(second, 4);
    assertThat(groups.open(first, second)).containsOnly(0);
  }

  @Test
  void forgetsWhatOtherRowsCameBetween() {
    CodedGroups groups = new CodedGroups();
    BytesVector key = vector(3);
    groups.open(key)[2] = 9;
    byte[][] dictionary = key.pages;
    dictionary(key, 0);
    assertThat(groups.open(key)).isEmpty();
    key.pages = dictionary;
    key.codeCount = 3;
    assertThat(groups.open(key)).containsOnly(0);
  }

  @Test
  void leavesTooManyCombinationsAndKeysWithoutCodesToTheValues() {
    CodedGroups groups = new CodedGroups();
    assertThat(groups.open(vector(50_000))).isEmpty();
    assertThat(groups.open(vector(1_000), vector(1_000), vector(1_000))).isEmpty();
    assertThat(groups.open(vector(1_000), vector(10))).isNotEmpty();
    assertThat(groups.open(vector(10), vector(0))).isEmpty();
  }
}
