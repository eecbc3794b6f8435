package io.redward.storage.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.table.RowsetSnapshot;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowMovesTest {
  @Test
  void areReadAsTheyWereWritten() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      long[] places = new long[1 + random.nextInt(200)];
      int rowset = 1 + random.nextInt(1 << 30);
      int row = random.nextInt(1 << 20);
      for (int at = 0; at < places.length; at++) {
        if (random.nextInt(10) == 0) {
          rowset = 1 + random.nextInt(Integer.MAX_VALUE - 1);
          row = random.nextInt(1 << 20);
        }
        row += 1 + random.nextInt(3);
        places[at] = random.nextInt(8) == 0 ? -1 : RowsetSnapshot.rowId(rowset, row);
      }
      assertThat(copy(RowMoves.of(places)).newRows()).isEqualTo(places);
    }
  }

  @Test
  void ofRowsThatStayTogetherAreShort() {
    long[] places = new long[1 << 20];
    for (int i = 0; i < places.length; i++) {
      places[i] = RowsetSnapshot.rowId(9, i + 77);
    }
    ByteWriter out = new ByteWriter();
    RowMoves.of(places).write(out);
    assertThat(out.size()).isLessThan(4_096);
  }

  @Test
  void thatDoNotFitTheirCountAreDamaged() {
    ByteWriter out = new ByteWriter();
    RowMoves.of(new long[] {RowsetSnapshot.rowId(1, 1)}).write(out);
    out.setInt(1, 2);
    RowMoves moves = RowMoves.read(new ByteReader(out.toByteArray()));
    assertThatThrownBy(moves::newRows)
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("row moves are damaged");
  }

  private static RowMoves copy(RowMoves moves) {
    ByteWriter out = new ByteWriter();
    moves.write(out);
    return RowMoves.read(new ByteReader(out.toByteArray()));
  }
}
