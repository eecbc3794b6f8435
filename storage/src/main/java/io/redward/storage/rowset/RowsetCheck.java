package io.redward.storage.rowset;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.Bounds;
import io.redward.storage.check.Finding;
import io.redward.storage.check.FindingKind;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.table.Block;
import io.redward.storage.table.BlockSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks one rowset: the object and its length, the footer, and every block of every column, whose
/// values are decoded and compared with what the footer says of them. Reads only.
public final class RowsetCheck {
  private final RowsetReference reference;
  private final String object;
  private final List<Finding> findings = new ArrayList<>();
  private int blocks;

  private RowsetCheck(RowsetReference reference, String object) {
    this.reference = reference;
    this.object = object;
  }

  /// What was found.
  ///
  /// @param blocks blocks looked at
  public record Result(int blocks, List<Finding> findings) {}

  /// @param object what to name in findings
  public static Result run(RowsetReference reference, ObjectStore store, String object) {
    RowsetCheck check = new RowsetCheck(reference, object);
    try {
      if (check.checkLength(store)) {
        check.checkColumns(new RowsetFile(reference, store));
      }
    } catch (SqlException e) {
      check.add(
          e.state() == SqlState.DATA_CORRUPTED
              ? FindingKind.DAMAGED_ROWSET
              : FindingKind.UNREADABLE_OBJECT,
          e.message());
    }
    return new Result(check.blocks, List.copyOf(check.findings));
  }

  private boolean checkLength(ObjectStore store) {
    long present;
    if (reference.isInline()) {
      present = reference.inline().length;
    } else {
      Optional<Long> size = store.size(reference.objectKey());
      if (size.isEmpty()) {
        add(
            FindingKind.MISSING_ROWSET,
            "no such object, but table " + reference.tableId() + " has rows in it");
        return false;
      }
      present = size.get();
    }
    if (present != reference.bytes()) {
      add(FindingKind.DAMAGED_ROWSET, present + " bytes instead of " + reference.bytes());
      return false;
    }
    return true;
  }

  private void checkColumns(RowsetFile file) {
    long at = RowsetWriter.MAGIC.length;
    if (!file.startsAsOne()) {
      add(FindingKind.DAMAGED_ROWSET, "it does not start as a rowset");
    }
    for (ColumnFooter column : file.columns()) {
      if (column.offset() != at) {
        add(
            FindingKind.DAMAGED_ROWSET,
            "column " + column.columnId() + " starts at " + column.offset() + ", not " + at);
      }
      long rows = 0;
      for (int block = 0; block < column.blocks().size(); block++) {
        BlockSummary summary = column.blocks().get(block);
        rows += summary.rowCount();
        at += summary.encodedBytes();
        checkBlock(file, column, block);
      }
      if (rows != reference.rowCount()) {
        add(
            FindingKind.WRONG_ROW_COUNT,
            "column "
                + column.columnId()
                + " has "
                + rows
                + " rows, the rowset "
                + reference.rowCount());
      }
    }
    if (at != reference.bytes() - reference.footerBytes()) {
      add(FindingKind.DAMAGED_ROWSET, "its columns do not end where the footer starts");
    }
  }

  private void checkBlock(RowsetFile file, ColumnFooter column, int number) {
    blocks++;
    BlockSummary summary = column.blocks().get(number);
    String place = "block " + number + " of column " + column.columnId();
    Vector values = Vector.of(column.physical(), Math.max(1, summary.rowCount()));
    try {
      Block block = file.readBlock(column.columnId(), number);
      block.decode(0, block.rowCount(), values);
    } catch (SqlException e) {
      add(
          e.state() == SqlState.DATA_CORRUPTED
              ? FindingKind.DAMAGED_BLOCK
              : FindingKind.UNREADABLE_OBJECT,
          e.message());
      return;
    } catch (RuntimeException e) {
      add(FindingKind.DAMAGED_BLOCK, place + " cannot be decoded: " + e);
      return;
    }
    int nulls = 0;
    for (int i = 0; values.hasNulls && i < summary.rowCount(); i++) {
      nulls += values.isNull(i) ? 1 : 0;
    }
    if (nulls != summary.nullCount()) {
      add(
          FindingKind.WRONG_SUMMARY,
          place + " has " + nulls + " nulls, its summary says " + summary.nullCount());
    }
    checkBounds(values, summary, nulls, place);
  }

  private void checkBounds(Vector values, BlockSummary summary, int nulls, String place) {
    if (nulls == summary.rowCount()) {
      if (summary.bounds().isPresent()) {
        add(FindingKind.WRONG_SUMMARY, place + " has no values but bounds");
      }
      return;
    }
    boolean within =
        summary.bounds().isPresent()
            && Bounds.covers(summary.bounds().get(), Bounds.of(values, summary.rowCount()));
    if (!within) {
      add(FindingKind.WRONG_SUMMARY, place + " holds values outside of its bounds");
    }
  }

  private void add(FindingKind kind, String reason) {
    findings.add(new Finding(kind, object, reason));
  }
}
