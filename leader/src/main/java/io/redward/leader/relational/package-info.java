/// The ground that binder, optimizer and physical planner share: the relational algebra of Apache
/// Calcite with our own types in it. The binder builds trees of Calcite's logical operators
/// (`LogicalTableScan`, `LogicalProject`, `LogicalFilter`, `LogicalJoin`, `LogicalAggregate`,
/// `LogicalSort`, `LogicalUnion`, `LogicalMinus`, `LogicalIntersect`, `LogicalValues`), the
/// optimizer rewrites them, the physical planner leaves Calcite behind. Entry type:
/// [io.redward.leader.relational.PlannerContext], one a statement.
///
/// **Types.** Every field and expression has a [io.redward.leader.relational.RelationalType], which
/// wraps our `SqlType`; ask `CalciteTypes.sqlType(type)` and never `getSqlTypeName()`, which only
/// says how Calcite orders the literals (a DATE is INTEGER there, a TIMESTAMP BIGINT, a CHAR
/// VARCHAR). Make types with `PlannerContext.typeFactory().type(sqlType, nullable)`. Charsets and
/// collations do not exist: strings are UTF-8 and compare bytewise without trailing blanks.
///
/// **Literals.** `Literals.literal(rexBuilder, sqlType, constant)` with a `Constant` in the type's
/// physical form (days, microseconds, unscaled decimals, UTF-8 bytes); `Literals.constant(literal)`
/// takes it out. A NULL is `Literals.literal(builder, type, Constant.NULL)`. Intervals are literals
/// of INTERVAL_YEAR_MONTH (months) or INTERVAL_DAY_SECOND (microseconds). A client's parameter, or
/// a value fixed for an execution such as GETDATE(), is `rexBuilder.makeDynamicParam(type, index)`.
///
/// **Calls.** Calcite's own operators are used, always with the result type given
/// (`rexBuilder.makeCall(type, operator, operands)`), for
/// - `AND OR NOT`, `= <> < <= > >=`, `IS [NOT] NULL`, `IS [NOT] TRUE/FALSE`,
///   `IS [NOT] DISTINCT FROM`, `CASE` (operands: condition, value, ..., value), and `IN` a list as
///   `rexBuilder.makeIn`, which gives a `SEARCH` with a search argument, or an `OR`;
/// - `+ - * /` and `MOD` and unary `-` between numbers (`SqlStdOperatorTable.PLUS` ...); both sides
///   keep their own decimal scale.
///
/// The two sides of a comparison must have the same family (and numbers the same type, decimals the
/// same scale): the binder inserts the casts. Everything else, arithmetic of dates and LIKE
/// included, is a [io.redward.leader.relational.CatalogFunction] with the catalogue's id. Ids that
/// the optimizer knows by name: `like`, `ilike` (value, pattern, escape), `similar_to`,
/// `posix_regex`. **Casts** are [io.redward.leader.relational.CastOperator], never
/// `rexBuilder.makeCast`. A plain SqlKind.CAST appears later only where a rule adjusts nullability
/// or length and means the same.
///
/// **Aggregates.** COUNT, SUM, MIN, MAX and SINGLE_VALUE are Calcite's (`SqlStdOperatorTable`),
/// since rules know them; their types are ours (SUM of INTEGER is BIGINT, of BIGINT numeric(38,0)).
/// All others are a [io.redward.leader.relational.CatalogAggregate]. In a call the type must equal
/// what the function infers: without GROUP BY, SUM, MIN and MAX are nullable. Window functions are
/// `RexOver` in a project (`rexBuilder.makeOver`, last flag `nullWhenCountZero` false).
///
/// A condition given to a filter or join must be flat, no AND directly in an AND, no OR in an OR:
/// `FlatCondition.of(rexBuilder, condition)`.
///
/// **Subqueries** stay `RexSubQuery` (`in`, `exists`, `scalar`, `some`) in filters, projects and
/// join conditions; correlated columns are `rexBuilder.makeFieldAccess(rexBuilder.makeCorrel(row,
/// id), index)` with an id of `cluster.createCorrel()`, which the `LogicalFilter`, `LogicalProject`
/// or `LogicalJoin` around the subquery lists in `variablesSet`.
///
/// **Tables** are [io.redward.leader.relational.RelationalTable]; make a scan by
/// `PlannerContext.scan`.
///
/// What Calcite would do wrong for us, and what stops it: padding of CHAR literals (no type is
/// CHAR to Calcite); folding a cast of a literal by reinterpreting its value
/// (`RelationalRexBuilder.makeCast`); dropping casts between types (`CastOperator`); comparing
/// strings with trailing blanks or by UTF-16 units (`OrderedString`); widening types of set
/// operations and CASE (`RelationalTypeFactory.leastRestrictive`); compiling Java to fold constants
/// (the planner's executor keeps expressions as they are).
@NullMarked
package io.redward.leader.relational;

import org.jspecify.annotations.NullMarked;
