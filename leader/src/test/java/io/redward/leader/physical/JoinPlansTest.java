package io.redward.leader.physical;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.SqlType;
import io.redward.leader.physical.TestAlgebra.TestColumn;
import io.redward.leader.relational.RelationalTable;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import io.redward.plan.step.TransformStep.JoinKind;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which side of a join is built, what becomes of rows without a match, where filters go.
class JoinPlansTest {
  private final TestAlgebra algebra = new TestAlgebra();
  private final RelationalTable sales =
      algebra.table(
          1,
          "sales",
          172_456,
          new DistributionStyle.Key(1),
          TestColumn.of("salesid", SqlType.INTEGER).distinct(172_456),
          TestColumn.of("eventid", SqlType.INTEGER).distinct(8_000),
          TestColumn.of("qtysold", SqlType.SMALLINT).between(1, 8).distinct(8));
  private final RelationalTable event =
      algebra.table(
          2,
          "event",
          8_798,
          new DistributionStyle.Key(0),
          TestColumn.of("eventid", SqlType.INTEGER).distinct(8_798),
          TestColumn.of("venueid", SqlType.SMALLINT).distinct(202),
          TestColumn.of("eventname", SqlType.varchar(200)).distinct(576));
  private final RelationalTable listing =
      algebra.table(
          3,
          "listing",
          192_497,
          new DistributionStyle.Even(),
          TestColumn.of("listid", SqlType.BIGINT).distinct(192_497),
          TestColumn.of("eventid", SqlType.BIGINT).distinct(8_700));

  private RelBuilder join(
      RelationalTable left, RelationalTable right, JoinRelType type, SqlOperator operator) {
    RelBuilder b = algebra.scan(left).push(algebra.context.scan(right));
    RexNode condition = algebra.test(operator, b.field(2, 0, "eventid"), b.field(2, 1, "eventid"));
    return b.join(type, condition);
  }

  private RelBuilder equiJoin(RelationalTable left, RelationalTable right, JoinRelType type) {
    return join(left, right, type, SqlStdOperatorTable.EQUALS);
  }

  private static <T> List<T> steps(
      PlannedQuery planned, Function<Segment, Stream<?>> of, Class<T> kind) {
    return planned.plan().streams().stream()
        .flatMap(stream -> stream.segments().stream())
        .flatMap(of)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static List<TransformStep.Probe> probes(PlannedQuery planned) {
    return steps(planned, s -> s.transforms().stream(), TransformStep.Probe.class);
  }

  private static List<SourceStep.TableScan> scans(PlannedQuery planned) {
    return steps(planned, s -> Stream.of(s.source()), SourceStep.TableScan.class);
  }

  @Test
  void smallerSideIsBuiltWhicheverWayTheJoinIsWritten() {
    String golden =
        """
        XN Hash Join DS_DIST_NONE
          Hash Cond: ("outer".eventid = "inner".eventid)
          ->  XN Seq Scan on sales
          ->  XN Hash
                ->  XN Seq Scan on event
        """;
    assertThat(
            TestAlgebra.shape(
                algebra.plan(equiJoin(sales, event, JoinRelType.INNER).build()).explain()))
        .isEqualTo(golden);
    assertThat(
            TestAlgebra.shape(
                algebra.plan(equiJoin(event, sales, JoinRelType.INNER).build()).explain()))
        .isEqualTo(golden);
  }

  @Test
  void rowsMeetWhereTheyLieOnlyIfBothTablesAreDistributedByTheKey() {
    assertThat(algebra.plan(equiJoin(sales, event, JoinRelType.INNER).build()).explain().getFirst())
        .startsWith("XN Hash Join DS_DIST_NONE");
    assertThat(
            algebra.plan(equiJoin(listing, event, JoinRelType.INNER).build()).explain().getFirst())
        .startsWith("XN Hash Join DS_DIST_OUTER");
  }

  @Test
  void keysOfDifferentWidthMeetInTheWiderForm() {
    PlannedQuery planned = algebra.plan(equiJoin(listing, event, JoinRelType.INNER).build());
    assertThat(planned.explain()).anyMatch(line -> line.contains("(\"inner\".eventid)::bigint"));
  }

  @Test
  void columnsNobodyReadsAreNeitherScannedNorKept() {
    RelBuilder b = equiJoin(sales, event, JoinRelType.INNER);
    PlannedQuery planned = algebra.plan(b.project(b.field("qtysold")).build());
    assertThat(scans(planned)).extracting(scan -> scan.fields().size()).containsExactly(1, 2);
    List<SinkStep.Build> builds = steps(planned, s -> Stream.of(s.sink()), SinkStep.Build.class);
    assertThat(builds.getFirst().payload()).isEmpty();
  }

  @Test
  void scanOfTheProbeSideIsFilteredByTheKeysOfASelectiveBuild() {
    RelBuilder b = algebra.scan(sales).push(algebra.context.scan(event));
    b.filter(
        algebra.test(
            SqlStdOperatorTable.EQUALS, b.field("eventname"), algebra.string("Hannah Montana")));
    b.join(
        JoinRelType.INNER,
        algebra.test(
            SqlStdOperatorTable.EQUALS, b.field(2, 0, "eventid"), b.field(2, 1, "eventid")));
    PlannedQuery planned = algebra.plan(b.build());
    assertThat(scans(planned).getLast().tableName()).isEqualTo("sales");
    assertThat(scans(planned).getLast().joinFilters())
        .containsExactly(new SourceStep.JoinFilter(1, 0, 0));
  }

  @Test
  void outerJoinThatKeepsProbeRowsDoesNotFilterThem() {
    RelBuilder b = algebra.scan(sales).push(algebra.context.scan(event));
    b.filter(
        algebra.test(SqlStdOperatorTable.EQUALS, b.field("eventname"), algebra.string("Rent")));
    b.join(
        JoinRelType.LEFT,
        algebra.test(
            SqlStdOperatorTable.EQUALS, b.field(2, 0, "eventid"), b.field(2, 1, "eventid")));
    PlannedQuery planned = algebra.plan(b.build());
    assertThat(scans(planned)).allMatch(scan -> scan.joinFilters().isEmpty());
    assertThat(probes(planned)).extracting(TransformStep.Probe::kind).contains(JoinKind.LEFT);
  }

  @Test
  void smallKeptSideOfAnOuterJoinIsBuiltAndItsUnmatchedRowsFollow() {
    PlannedQuery planned = algebra.plan(equiJoin(event, sales, JoinRelType.LEFT).build());
    assertThat(TestAlgebra.text(planned.explainSegments()))
        .isEqualTo(
            """
            Stream 0
              Segment 0 (build)
                scan event (eventid integer, venueid smallint, eventname character varying(200))
                build @0 keys [eventid#0] payload [eventid#0, venueid#1, eventname#2] marks
            Stream 1
              Segment 1 (return)
                scan sales (salesid integer, eventid integer, qtysold smallint)
                probe @0 right [eventid#1]
                project [eventid#3, venueid#4, eventname#5, salesid#0, eventid#1, qtysold#2]
                return (eventid integer, venueid smallint, eventname character varying(200), salesid integer, eventid0 integer, qtysold smallint)
            Stream 2
              Segment 2 (return)
                unmatched rows of @0 (eventid integer, venueid smallint, eventname character varying(200))
                project [salesid = NULL::integer, eventid = NULL::integer, qtysold = NULL::smallint, eventid#0, venueid#1, eventname#2]
                project [eventid#3, venueid#4, eventname#5, salesid#0, eventid#1, qtysold#2]
                return (eventid integer, venueid smallint, eventname character varying(200), salesid integer, eventid0 integer, qtysold smallint)
            """);
  }

  @Test
  void smallKeptSideOfASemiJoinIsMarked() {
    PlannedQuery planned = algebra.plan(equiJoin(event, sales, JoinRelType.SEMI).build());
    assertThat(probes(planned))
        .extracting(TransformStep.Probe::kind)
        .containsExactly(JoinKind.MARK);
    List<SourceStep.JoinScan> scans =
        steps(planned, s -> Stream.of(s.source()), SourceStep.JoinScan.class);
    assertThat(scans).extracting(SourceStep.JoinScan::matched).containsExactly(true);
  }

  @ParameterizedTest
  @EnumSource(
      value = JoinRelType.class,
      names = {"INNER", "LEFT", "RIGHT", "FULL", "SEMI", "ANTI"})
  void everyKindOfEquiJoinMakesASoundPlanInBothDirections(JoinRelType type) {
    algebra.plan(equiJoin(sales, event, type).build());
    algebra.plan(equiJoin(event, sales, type).build());
  }

  @ParameterizedTest
  @EnumSource(
      value = JoinRelType.class,
      names = {"INNER", "LEFT", "RIGHT", "SEMI", "ANTI"})
  void joinWithoutEquatedColumnsLoopsOverABuffer(JoinRelType type) {
    PlannedQuery planned =
        algebra.plan(join(sales, event, type, SqlStdOperatorTable.LESS_THAN).build());
    assertThat(steps(planned, s -> s.transforms().stream(), TransformStep.NestedLoop.class))
        .hasSize(1);
    assertThat(planned.explain().getLast())
        .contains("review the join predicates to avoid Cartesian products");
  }

  @Test
  void notInLooksUpWithRegardToNull() {
    RelBuilder b = algebra.scan(sales).push(algebra.context.scan(event));
    RexNode equal =
        algebra.test(
            SqlStdOperatorTable.EQUALS, b.field(2, 0, "eventid"), b.field(2, 1, "eventid"));
    RexNode condition = algebra.test(SqlStdOperatorTable.IS_NOT_FALSE, equal);
    org.apache.calcite.rel.RelNode right = b.build();
    LogicalJoin join =
        LogicalJoin.create(
            b.build(), right, List.of(), condition, java.util.Set.of(), JoinRelType.ANTI);
    assertThat(probes(algebra.plan(join)))
        .extracting(TransformStep.Probe::kind)
        .containsExactly(JoinKind.NULL_AWARE_ANTI);
  }

  @Test
  void setOperationsMatchNullWithNull() {
    RelBuilder b = algebra.scan(sales);
    b.project(b.field("eventid")).push(algebra.context.scan(event));
    b.project(b.field("eventid")).minus(false, 2);
    PlannedQuery planned = algebra.plan(b.build());
    List<SinkStep.Build> builds = steps(planned, s -> Stream.of(s.sink()), SinkStep.Build.class);
    assertThat(builds.getFirst().nullSafe()).containsExactly(true);
  }
}
