package io.redward.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.bench.QueryFigures.Agreement;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void numbers_agree_within_rounding_and_text_to_the_letter() {
    assertThat(Answers.compare(List.of("a|1.00"), List.of("a|1.004"))).isEqualTo(Agreement.AGREE);
    assertThat(Answers.compare(List.of("a|1"), List.of("b|1"))).isEqualTo(Agreement.DIFFER);
    assertThat(Answers.compare(List.of("a|1.00"), List.of("a|1.1"))).isEqualTo(Agreement.DIFFER);
  }

  @Test
  void the_same_rows_in_another_order_are_ties() {
    assertThat(Answers.compare(List.of("a", "b"), List.of("b", "a"))).isEqualTo(Agreement.TIES);
    assertThat(Answers.compare(List.of("a", "a", "b"), List.of("b", "b", "a")))
        .isEqualTo(Agreement.DIFFER);
  }

  @Test
  void differences_name_what_is_missing() {
    assertThat(Answers.difference(List.of("a"), List.of("a", "b"))).isEqualTo("1 rows, not 2");
    assertThat(Answers.difference(List.of("c", "a"), List.of("a", "b"))).contains("row c ");
  }

  @Test
  void averages_are_taken_of_doubles_in_all_depths() {
    assertThat(Averages.ofDoubles("select avg(a), AVG (b + (c)) + 1, max(avg(sum(d))) from t"))
        .isEqualTo(
            "select avg(cast(a as double precision)), AVG (cast(b + (c) as double precision)) + 1,"
                + " max(avg(cast(sum(d) as double precision))) from t");
  }
}
