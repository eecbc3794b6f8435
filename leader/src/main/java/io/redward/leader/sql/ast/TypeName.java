package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// A type as written, with synonyms resolved to one spelling: `int`, `int4` and `integer` are all
/// `integer`; `character varying` and `nvarchar` are `varchar`; `numeric` is `decimal`; `float` is
/// `double precision` (or `real` up to `float(24)`); `timestamp with time zone` is `timestamptz`;
/// `binary varying` and `varbinary` are `varbyte`. A name that is no built-in type stays as it is.
///
/// @param schema a qualifier, as in `pg_catalog.int4`
/// @param name in lower case
/// @param modifiers length, or precision and scale; [#MAX] for the word MAX
/// @param interval the fields of an INTERVAL type
/// @param arrayDimensions how many `[]` follow
/// @param fields the members of `struct<a:int, b:array<int>>`, `array<…>` and `map<…>`
public record TypeName(
    Optional<Identifier> schema,
    String name,
    List<Integer> modifiers,
    Optional<IntervalQualifier> interval,
    int arrayDimensions,
    List<Field> fields,
    int position)
    implements Node {
  /// Stands for MAX in `varchar(max)`.
  public static final int MAX = -1;

  public TypeName {
    modifiers = List.copyOf(modifiers);
    fields = List.copyOf(fields);
  }

  /// A plain type without modifiers.
  public static TypeName of(String name, int position) {
    return of(name, List.of(), position);
  }

  public static TypeName of(String name, List<Integer> modifiers, int position) {
    return new TypeName(
        Optional.empty(), name, modifiers, Optional.empty(), 0, List.of(), position);
  }

  /// A member of a nested type of external tables; arrays and maps have no names.
  public record Field(Optional<Identifier> name, TypeName type) {}
}
