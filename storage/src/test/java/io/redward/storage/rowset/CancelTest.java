package io.redward.storage.rowset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.storage.table.TableShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Writing rows stops for a statement that has been cancelled.
final class CancelTest {
  private static final TableShape SHAPE =
      new TableShape(List.of(new TableShape.Column(1, SqlType.BIGINT, "auto")), List.of(), false);

  private static CancelToken cancelled() {
    CancelToken token = new CancelToken();
    token.cancel(new SqlException(SqlState.QUERY_CANCELED, "stopped"));
    return token;
  }

  @Test
  void work_is_told_of_the_token_that_it_is_done_under() {
    CancelToken outer = new CancelToken();
    assertThat(CancelToken.current()).isEmpty();
    outer.within(
        () -> {
          assertThat(CancelToken.current()).contains(outer);
          assertThatThrownBy(() -> cancelled().within(CancelToken::checkCurrent))
              .hasMessage("stopped");
          CancelToken.checkCurrent();
        });
    assertThat(outer.<Integer>over(() -> 7)).isEqualTo(7);
    assertThatCode(CancelToken::checkCurrent).doesNotThrowAnyException();
  }

  @Test
  void no_block_is_encoded_for_a_cancelled_statement() {
    RowsetWriter writer = new RowsetWriter(SHAPE);
    Vector[] values = {new LongVector(10)};
    assertThatThrownBy(() -> cancelled().within(() -> writer.writeBlocks(values, 10)))
        .hasMessage("stopped");
    new CancelToken().within(() -> writer.writeBlocks(values, 10));
    assertThat(writer.rowCount()).isEqualTo(10);
  }
}
