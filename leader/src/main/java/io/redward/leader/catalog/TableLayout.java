package io.redward.leader.catalog;

import java.util.List;
import java.util.OptionalInt;

/// How a table's rows are placed and ordered.
///
/// @param automatic AUTO: the warehouse chose `style` and may change it
/// @param distributionKey column id; present if the style is KEY
/// @param sortKey column ids, most significant first; empty if the table is not sorted
public record TableLayout(
    DistributionStyle style,
    boolean automatic,
    OptionalInt distributionKey,
    SortKind sortKind,
    List<Integer> sortKey) {
  /// Where a row goes.
  public enum DistributionStyle {
    EVEN,
    KEY,
    ALL
  }

  /// How the sort key's columns weigh.
  public enum SortKind {
    COMPOUND,
    INTERLEAVED,
    AUTO
  }

  /// What a table gets that declares nothing.
  public static final TableLayout AUTO =
      new TableLayout(DistributionStyle.ALL, true, OptionalInt.empty(), SortKind.AUTO, List.of());

  public TableLayout {
    sortKey = List.copyOf(sortKey);
    if ((style == DistributionStyle.KEY) != distributionKey.isPresent()) {
      throw new IllegalArgumentException("distribution key without style KEY, or the reverse");
    }
  }

  /// As `svv_table_info.diststyle` prints it, but for the key's name.
  public String styleText() {
    return automatic ? "AUTO(" + style + ")" : style.toString();
  }
}
