package io.redward.compute.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Negate;
import io.redward.plan.expression.Parameter;
import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep.SystemScan;
import io.redward.plan.step.SourceStep.Values;
import io.redward.spi.SystemTable;
import io.redward.spi.SystemTables;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConstantSourcesTest {
  @Test
  void cellsOfSystemTablesTakeTheFormOfTheirColumns() {
    SystemTable table =
        new Numbers(
            List.of(
                new SystemTable.Column("i", SqlType.INTEGER),
                new SystemTable.Column("l", SqlType.BIGINT),
                new SystemTable.Column("b", SqlType.BOOLEAN),
                new SystemTable.Column("d", SqlType.decimal(10, 2)),
                new SystemTable.Column("w", SqlType.decimal(38, 1)),
                new SystemTable.Column("f", SqlType.DOUBLE),
                new SystemTable.Column("c", SqlType.character(8))));
    List<Field> fields =
        table.columns().stream().map(c -> Field.of(c.name(), c.type(), true)).toList();
    BatchReader reader =
        ConstantSources.systemTable(
                new SystemScan("pg_catalog", "numbers", new int[] {0, 1, 2, 3, 4, 5, 6}, fields),
                new Only(table))
            .open();
    assertThat(reader.next()).isTrue();
    Batch batch = reader.batch();
    assertThat(batch.selectedCount).isEqualTo(2);
    assertThat(((IntVector) batch.vectors[0]).values[0]).isEqualTo(7);
    assertThat(((LongVector) batch.vectors[1]).values[0]).isEqualTo(8);
    assertThat(((IntVector) batch.vectors[2]).values[0]).isEqualTo(1);
    assertThat(((LongVector) batch.vectors[3]).values[0]).isEqualTo(150);
    assertThat(((Int128Vector) batch.vectors[4]).high[0]).isEqualTo(-1);
    assertThat(((Int128Vector) batch.vectors[4]).low[0]).isEqualTo(-25);
    assertThat(((DoubleVector) batch.vectors[5]).values[0]).isEqualTo(0.5);
    assertThat(((BytesVector) batch.vectors[6]).copy(0))
        .isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
    for (int column = 0; column < 7; column++) {
      assertThat(batch.vectors[column].isNull(0)).isFalse();
      assertThat(batch.vectors[column].isNull(1)).isTrue();
    }
    assertThat(reader.next()).isFalse();
  }

  @Test
  void valuesTakeLiteralsParametersAndComputedExpressions() {
    Values values =
        new Values(
            List.of(
                List.of(new Literal(SqlType.BIGINT, new Constant.LongValue(1))),
                List.of(new Parameter(0, SqlType.BIGINT, true)),
                List.of(new Negate(new Literal(SqlType.BIGINT, new Constant.LongValue(3))))),
            List.of(Field.of("n", SqlType.BIGINT, true)));
    BatchReader reader =
        ConstantSources.values(
                values,
                List.of(new Constant.LongValue(2)),
                (expression, parameters) -> new Constant.LongValue(-3))
            .open();
    assertThat(reader.next()).isTrue();
    assertThat(reader.batch().selectedCount).isEqualTo(3);
    assertThat(((LongVector) reader.batch().vectors[0]).values).startsWith(1, 2, -3);
  }

  @Test
  void aRowWithoutColumnsIsARow() {
    BatchReader reader =
        ConstantSources.values(
                new Values(List.of(List.of()), List.of()),
                List.of(),
                (expression, parameters) -> Constant.NULL)
            .open();
    assertThat(reader.next()).isTrue();
    assertThat(reader.batch().selectedCount).isEqualTo(1);
    assertThat(reader.next()).isFalse();
  }

  private record Numbers(List<Column> columns) implements SystemTable {
    @Override
    public String schema() {
      return "pg_catalog";
    }

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public void read(SystemRows out) {
      out.row(7, 8L, true, new BigDecimal("1.5"), new BigDecimal("-2.5"), 0.5, "abc  ");
      out.row(null, null, null, null, null, null, null);
    }
  }

  private record Only(SystemTable table) implements SystemTables {
    @Override
    public Optional<SystemTable> find(String schema, String name) {
      return Optional.of(table);
    }

    @Override
    public List<SystemTable> all() {
      return List.of(table);
    }
  }
}
