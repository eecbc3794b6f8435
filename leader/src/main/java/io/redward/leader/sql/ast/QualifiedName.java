package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A name with its qualifiers, such as `database.schema.table`; at least one part.
public record QualifiedName(List<Identifier> parts) implements Node {
  public QualifiedName {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a name needs a part");
    }
  }

  public static QualifiedName of(Identifier only) {
    return new QualifiedName(List.of(only));
  }

  @Override
  public int position() {
    return parts.getFirst().position();
  }

  /// The object's own name.
  public Identifier last() {
    return parts.getLast();
  }

  /// The part before the last: a schema for a table, a table for a column.
  public Optional<Identifier> qualifier() {
    return parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(parts.size() - 2));
  }

  /// True if there are no qualifiers.
  public boolean isSimple() {
    return parts.size() == 1;
  }

  /// The parts joined with dots, for messages.
  @Override
  public String toString() {
    return parts.stream().map(Identifier::name).collect(Collectors.joining("."));
  }
}
