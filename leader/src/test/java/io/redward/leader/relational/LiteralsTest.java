package io.redward.leader.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Constant;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.junit.jupiter.api.Test;

final class LiteralsTest {
  private final PlannerContext context = PlannerContext.create();
  private final RexBuilder builder = context.rexBuilder();

  private void keeps(SqlType type, Constant value) {
    RexLiteral literal = Literals.literal(builder, type, value);
    assertThat(CalciteTypes.sqlType(literal.getType())).isEqualTo(type);
    assertThat(Literals.constant(literal)).isEqualTo(value);
  }

  @Test
  void literalsKeepTypeAndValue() {
    keeps(SqlType.BOOLEAN, Constant.of(true));
    keeps(SqlType.SMALLINT, new Constant.IntValue(-7));
    keeps(SqlType.INTEGER, new Constant.IntValue(Integer.MIN_VALUE));
    keeps(SqlType.BIGINT, new Constant.LongValue(Long.MIN_VALUE));
    keeps(SqlType.decimal(12, 2), new Constant.LongValue(-12345));
    keeps(
        SqlType.decimal(38, 10),
        new Constant.Int128Value(Int128.of(BigInteger.TEN.pow(37).negate())));
    keeps(SqlType.REAL, new Constant.DoubleValue(0.5));
    keeps(SqlType.DOUBLE, new Constant.DoubleValue(Double.NaN));
    keeps(SqlType.character(5), Constant.of("ab"));
    keeps(SqlType.varchar(20), Constant.of("Größe 東京 😀  "));
    keeps(SqlType.TEXT, Constant.of(""));
    keeps(SqlType.DATE, new Constant.IntValue(-1_000_000));
    keeps(SqlType.TIMESTAMP, new Constant.LongValue(Long.MAX_VALUE - 1));
    keeps(SqlType.TIMESTAMPTZ, new Constant.LongValue(123_456));
    keeps(SqlType.TIMETZ, new Constant.LongValue(1L << 54));
    keeps(SqlType.INTERVAL_DAY_SECOND, new Constant.LongValue(86_400_000_000L));
    keeps(SqlType.varbyte(3), new Constant.BytesValue(new byte[] {0, -1, 5}));
    keeps(SqlType.OID, new Constant.IntValue(1043));
    for (TypeKind kind : Set.of(TypeKind.INTEGER, TypeKind.VARCHAR, TypeKind.SUPER)) {
      keeps(SqlType.of(kind), Constant.NULL);
    }
  }

  @Test
  void dateAndIntegerOfTheSameValueDiffer() {
    assertThat(Literals.literal(builder, SqlType.DATE, new Constant.IntValue(5)))
        .isNotEqualTo(Literals.literal(builder, SqlType.INTEGER, new Constant.IntValue(5)));
  }

  @Test
  void stringsOrderByBytesWithoutTrailingBlanks() {
    assertThat(new OrderedString("a")).isEqualByComparingTo(new OrderedString("a  "));
    assertThat(new OrderedString("a")).isLessThan(new OrderedString("b"));
    assertThat(new OrderedString("ab")).isLessThan(new OrderedString("abc"));
    assertThat(new OrderedString("\uff5e")).isLessThan(new OrderedString("😀"));
    assertThat(new OrderedString("a")).isNotEqualTo(new OrderedString("a "));
  }

  @Test
  void searchArgumentsKeepTheColumnsType() {
    RelDataType date = context.typeFactory().type(SqlType.DATE, true);
    RexNode column = builder.makeInputRef(date, 0);
    RexNode in =
        builder.makeIn(
            column,
            List.of(
                Literals.literal(builder, SqlType.DATE, new Constant.IntValue(3)),
                Literals.literal(builder, SqlType.DATE, new Constant.IntValue(1))));
    assertThat(in.toString()).contains("SEARCH");
    assertThat(RexUtil.expandSearch(builder, null, in).toString())
        .isEqualTo("OR(=($0, 1), =($0, 3))");
  }

  @Test
  void noJavaCompilerIsOnTheClassPath() {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("org.codehaus.janino.SimpleCompiler"));
  }

  @Test
  void aTreeOfOurTypesCanBeBuilt() {
    RelDataType row =
        context
            .typeFactory()
            .builder()
            .add("k", context.typeFactory().type(SqlType.BIGINT, false))
            .add("name", context.typeFactory().type(SqlType.character(25), true))
            .build();
    RelationalTable table =
        new RelationalTable(
            List.of("public", "t"), row, "t", TableStatistics.ofRowCount(10), List.of());
    RelBuilder tree = context.relBuilder();
    RelNode node =
        tree.push(context.scan(table))
            .filter(
                builder.makeCall(
                    context.typeFactory().type(SqlType.BOOLEAN, true),
                    SqlStdOperatorTable.EQUALS,
                    List.of(tree.field("name"), Literals.string(builder, "Zoë"))))
            .push(context.scan(table))
            .join(JoinRelType.LEFT, tree.equals(tree.field(2, 0, "k"), tree.field(2, 1, "k")))
            .aggregate(tree.groupKey(1), tree.sum(tree.field(0)).as("s"), tree.countStar("c"))
            .build();
    assertThat(node.getRowType().getFullTypeString())
        .isEqualTo(
            "RecordType(character(25) name, numeric(38,0) NOT NULL s, bigint NOT NULL c) NOT NULL");
    RelMetadataQuery metadata = context.cluster().getMetadataQuery();
    assertThat(metadata.getUniqueKeys(node)).containsExactly(ImmutableBitSet.of(0));
    assertThat(metadata.getRowCount(node)).isPositive();
    assertThat(metadata.getCumulativeCost(node))
        .isNotNull()
        .satisfies(cost -> assertThat(cost.isInfinite()).isFalse());
  }
}
