package io.redward.leader.procedure;

import java.util.List;
import java.util.Optional;

/// A statement of PL/pgSQL. Expressions and queries are texts in which variables stand by name.
public sealed interface PlStatement {

  /// `[DECLARE …] BEGIN … [EXCEPTION WHEN OTHERS THEN …] END`.
  ///
  /// @param handler empty without EXCEPTION
  record Block(
      String label,
      List<Declaration> declarations,
      List<PlStatement> body,
      Optional<List<PlStatement>> handler)
      implements PlStatement {}

  /// `variable := expression`.
  record Assign(Target target, String expression) implements PlStatement {}

  /// IF with its ELSIFs, or CASE.
  record If(List<Branch> branches, List<PlStatement> otherwise) implements PlStatement {}

  /// What is done where a condition holds.
  record Branch(String condition, List<PlStatement> body) {}

  /// LOOP, and WHILE where there is a condition.
  record Loop(String label, Optional<String> condition, List<PlStatement> body)
      implements PlStatement {}

  /// `FOR variable IN [REVERSE] from .. to [BY step] LOOP`.
  record ForRange(
      String label,
      String variable,
      boolean reverse,
      String from,
      String to,
      String step,
      List<PlStatement> body)
      implements PlStatement {}

  /// `FOR variables IN query LOOP`.
  record ForRows(String label, List<Target> targets, Rows rows, List<PlStatement> body)
      implements PlStatement {}

  /// EXIT or CONTINUE.
  ///
  /// @param label of the loop, empty for the innermost
  record Leave(boolean exit, String label, Optional<String> condition) implements PlStatement {}

  record Return() implements PlStatement {}

  /// RAISE.
  ///
  /// @param level in lower case: `info`, `notice`, `exception`, …
  record Raise(String level, String format, List<String> arguments) implements PlStatement {}

  /// EXECUTE of a text that an expression gives.
  record Execute(String expression, List<Target> into) implements PlStatement {}

  /// An SQL statement; `into` for SELECT … INTO variables.
  ///
  /// @param discards PERFORM: rows are not wanted
  record Sql(String text, List<Target> into, boolean discards) implements PlStatement {}

  /// `OPEN cursor [FOR query]`, `OPEN cursor (values)`.
  record Open(String cursor, List<String> arguments, Optional<Rows> rows) implements PlStatement {}

  record Fetch(String cursor, List<Target> into) implements PlStatement {}

  record Close(String cursor) implements PlStatement {}

  /// `GET DIAGNOSTICS variable := ROW_COUNT`.
  record RowCount(Target target) implements PlStatement {}

  record Nothing() implements PlStatement {}

  /// A variable, or a field of a record.
  ///
  /// @param field empty for the variable itself
  record Target(String name, String field) {}

  /// Where rows come from: a query's text, or an expression that gives one.
  record Rows(boolean dynamic, String text) {}

  /// A variable of DECLARE.
  ///
  /// @param type as written: a type, `record`, `refcursor`, `t.c%type`, `t%rowtype`
  /// @param initial expression of its first value; empty for NULL
  /// @param query of a bound cursor, otherwise empty
  /// @param parameters of a bound cursor
  record Declaration(
      String name,
      String type,
      boolean constant,
      Optional<String> initial,
      String query,
      List<Parameter> parameters) {
    Declaration(String name, String type, boolean constant, Optional<String> initial) {
      this(name, type, constant, initial, "", List.of());
    }
  }

  /// What a bound cursor is opened with, its type as written.
  record Parameter(String name, String type) {}
}
