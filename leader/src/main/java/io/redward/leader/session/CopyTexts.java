package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.CopyOption.TextParameter;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.DataStatement.CopyOutStatement;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// COPY TO STDOUT.
final class CopyTexts {
  private CopyTexts() {}

  /// COPY … TO STDOUT.
  static void run(CopyOutStatement copy, QueryRunner queries, ResultConsumer results) {
    results.copyOut(of(copy));
    DataStatement.QueryStatement query = new DataStatement.QueryStatement(copy.query());
    queries.nested(new Counted(results)).run(query, SqlPrinter.print(copy.query()), Arguments.NONE);
  }

  private static ResultConsumer.CopyText of(CopyOutStatement statement) {
    boolean csv = false;
    boolean header = false;
    Map<TextParameter, String> texts = new EnumMap<>(TextParameter.class);
    for (CopyOption option : statement.options()) {
      switch (option) {
        case CopyOption.FormatOption format -> csv = format.format() == CopyOption.FileFormat.CSV;
        case CopyOption.FlagOption _ -> header = true;
        case CopyOption.TextOption text -> texts.put(text.parameter(), text.value());
        case CopyOption _ -> throw new IllegalStateException("option of another COPY");
      }
    }
    return new ResultConsumer.CopyText(
        csv,
        singleByte(texts.getOrDefault(TextParameter.DELIMITER, csv ? "," : "\t"), "delimiter"),
        singleByte(texts.getOrDefault(TextParameter.QUOTE, "\""), "quote"),
        texts.getOrDefault(TextParameter.NULL_AS, csv ? "" : "\\N"),
        header);
  }

  private static byte singleByte(String text, String what) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != 1 || bytes[0] == '\n' || bytes[0] == '\r') {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "COPY " + what + " must be a single one-byte character");
    }
    return bytes[0];
  }

  /// Passes on what a query says, but for its tag, which is COPY's.
  record Counted(ResultConsumer results) implements ResultConsumer {
    @Override
    public void columns(List<ResultColumn> columns) {
      results.columns(columns);
    }

    @Override
    public void rows(Batch batch) {
      results.rows(batch);
    }

    @Override
    public void complete(String tag) {
      results.complete("COPY" + tag.substring(tag.lastIndexOf(' ')));
    }

    @Override
    public void empty() {
      results.empty();
    }

    @Override
    public void notice(String severity, String sqlState, String message) {
      results.notice(severity, sqlState, message);
    }

    @Override
    public void parameterChanged(String name, String value) {
      results.parameterChanged(name, value);
    }
  }
}
