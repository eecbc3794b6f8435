package io.redward.gateway.dataapi;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.leader.session.ResultColumn;
import io.redward.leader.session.ResultConsumer;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes what one statement gives and writes its rows to pages.
final class ResultCollector implements ResultConsumer {
  private static final int PAGE_BYTES = 1 << 20;
  private static final int PAGE_ROWS = 10_000;

  private final DataApiOptions.Limits limits;
  private final ResultForm form;
  private final ZoneId zone;
  private final Supplier<ResultFile> files;
  private @Nullable ResultFile file;
  private @Nullable PageWriter page;
  private List<ResultColumn> columns = List.of();
  private long tagRows = -1;

  /// @param files makes the file when there are rows to keep
  ResultCollector(
      DataApiOptions.Limits limits, ResultForm form, ZoneId zone, Supplier<ResultFile> files) {
    this.limits = limits;
    this.form = form;
    this.zone = zone;
    this.files = files;
  }

  @Override
  public void columns(List<ResultColumn> given) {
    columns = given;
    file = files.get();
    page =
        switch (form) {
          case JSON -> new JsonPage.OfFields(given, zone);
          case CSV -> new CsvPage(given, zone);
          case TEXT -> new JsonPage.OfTexts(given, zone);
        };
  }

  @Override
  public void rows(Batch batch) {
    PageWriter writer = page;
    if (writer == null) {
      throw new IllegalStateException("rows before their columns");
    }
    for (int i = 0; i < batch.selectedCount; i++) {
      int before = writer.byteCount();
      writer.row(batch.vectors, batch.row(i));
      if (writer.byteCount() - before > limits.rowBytes()) {
        throw tooLarge("A row of the result is larger than " + limits.rowBytes() + " bytes.");
      }
      if (writer.byteCount() >= PAGE_BYTES || writer.rowCount() >= PAGE_ROWS) {
        turnPage();
      }
    }
  }

  private void turnPage() {
    PageWriter writer = page;
    ResultFile target = file;
    if (writer == null || target == null || writer.rowCount() == 0) {
      return;
    }
    int rows = writer.rowCount();
    target.append(writer.take(), rows);
    if (target.byteCount() > limits.resultBytes()) {
      throw tooLarge("The result is larger than " + limits.resultBytes() + " bytes.");
    }
  }

  private static SqlException tooLarge(String message) {
    return new SqlException(SqlState.PROGRAM_LIMIT_EXCEEDED, message)
        .withHint("Use UNLOAD, or a driver, for large results.");
  }

  @Override
  public void complete(String tag) {
    turnPage();
    int blank = tag.lastIndexOf(' ');
    String count = tag.substring(blank + 1);
    tagRows = count.chars().allMatch(Character::isDigit) ? Long.parseLong(count) : -1;
  }

  @Override
  public void empty() {
    tagRows = 0;
  }

  @Override
  public void notice(String severity, String sqlState, String message) {
    // The Data API has no place for notices.
  }

  @Override
  public void parameterChanged(String name, String value) {
    // Nor for settings; they live on in the session.
  }

  List<ResultColumn> columns() {
    return columns;
  }

  Optional<ResultFile> file() {
    return Optional.ofNullable(file);
  }

  /// Rows returned or changed, -1 if the statement does neither.
  long rowCount() {
    return tagRows;
  }
}
