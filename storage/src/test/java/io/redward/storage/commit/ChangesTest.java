package io.redward.storage.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.storage.table.RowsetSnapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChangesTest {
  @Test
  void rowIdsAreSplitByRowsetAscendingWithoutRepetition() {
    long[] ids = {
      RowsetSnapshot.rowId(2, 9),
      RowsetSnapshot.rowId(1, 5),
      RowsetSnapshot.rowId(2, 3),
      RowsetSnapshot.rowId(2, 9),
      -1
    };
    Map<Integer, int[]> rows = Changes.byRowset(ids, 4);
    assertThat(rows).containsOnlyKeys(1, 2);
    assertThat(rows.get(1)).containsExactly(5);
    assertThat(rows.get(2)).containsExactly(3, 9);
  }

  @Test
  void deletesOfARowsetAddUp() {
    Changes changes = new Changes();
    Changes.RowsetKey key = new Changes.RowsetKey(1, 1);
    changes.delete(key, new int[] {1, 5, 9});
    changes.delete(key, new int[] {0, 5, 10});
    assertThat(changes.deletes().get(key)).containsExactly(0, 1, 5, 9, 10);
  }

  @Test
  void truncatingForgetsWhatWasDeletedBefore() {
    Changes changes = new Changes();
    changes.delete(new Changes.RowsetKey(1, 1), new int[] {1});
    changes.delete(new Changes.RowsetKey(2, 2), new int[] {1});
    changes.truncate(1);
    assertThat(changes.deletes()).containsOnlyKeys(new Changes.RowsetKey(2, 2));
    assertThat(changes.tables()).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void anEntryPutAndRemovedIsRemoved() {
    Changes changes = new Changes();
    changes.put("a", new byte[0]);
    changes.remove("a");
    assertThat(changes.puts()).isEmpty();
    assertThat(changes.removes()).containsExactly("a");
    changes.put("a", new byte[1]);
    assertThat(changes.removes()).isEmpty();
    assertThat(changes.puts()).containsOnlyKeys("a");
  }
}
