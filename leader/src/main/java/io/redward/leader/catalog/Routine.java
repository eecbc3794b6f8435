package io.redward.leader.catalog;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Volatility;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A function or a stored procedure that users have made. Several may share a name if the types of
/// their arguments differ.
///
/// @param returns of a function
/// @param body as written between its quotes
/// @param nonAtomic every statement of the procedure is a transaction of its own
/// @param traits its language and what its calls keep to
/// @param definer SECURITY DEFINER: the procedure runs by its owner's rights
public record Routine(
    int oid,
    int schemaOid,
    String name,
    int owner,
    Kind kind,
    List<Argument> arguments,
    Optional<SqlType> returns,
    String body,
    boolean nonAtomic,
    boolean definer,
    Traits traits,
    AccessList access)
    implements OwnedObject {
  /// What it is.
  public enum Kind {
    FUNCTION,
    PROCEDURE
  }

  /// What a function or procedure is beside its body.
  ///
  /// @param language of the body, in lower case
  /// @param skipsNulls NULL among the arguments makes the answer NULL
  /// @param setting what a procedure sets for as long as it runs
  public record Traits(
      String language, Volatility volatility, boolean skipsNulls, Optional<Setting> setting) {
    /// Of a function.
    public Traits(String language, Volatility volatility, boolean skipsNulls) {
      this(language, volatility, skipsNulls, Optional.empty());
    }

    /// Of a procedure.
    public static Traits ofProcedure(Optional<Setting> setting) {
      return new Traits("plpgsql", Volatility.VOLATILE, false, setting);
    }

    /// True where the body is an expression that takes the call's place.
    public boolean isSql() {
      return language.equals("sql");
    }
  }

  /// A session parameter and its value, the default if it is empty.
  public record Setting(String name, String value) {}

  /// An argument.
  ///
  /// @param name may be empty
  public record Argument(String name, Mode mode, SqlType type) {}

  /// Which way an argument's value goes.
  public enum Mode {
    IN,
    OUT,
    INOUT
  }

  public Routine {
    arguments = List.copyOf(arguments);
  }

  /// The arguments that a call gives.
  public List<Argument> inputs() {
    return arguments.stream().filter(a -> a.mode() != Mode.OUT).toList();
  }

  /// The arguments that a call gets back.
  public List<Argument> outputs() {
    return arguments.stream().filter(a -> a.mode() != Mode.IN).toList();
  }

  /// What tells it from others of its name.
  public String inputTypes() {
    return inputs().stream().map(a -> a.type().kind().sqlName()).collect(Collectors.joining(", "));
  }

  public Routine withOid(int oid) {
    return new Routine(
        oid, schemaOid, name, owner, kind, arguments, returns, body, nonAtomic, definer, traits,
        access);
  }

  public Routine withName(String name) {
    return new Routine(
        oid, schemaOid, name, owner, kind, arguments, returns, body, nonAtomic, definer, traits,
        access);
  }

  public Routine withOwner(int owner) {
    return new Routine(
        oid, schemaOid, name, owner, kind, arguments, returns, body, nonAtomic, definer, traits,
        access);
  }

  public Routine withAccess(AccessList access) {
    return new Routine(
        oid, schemaOid, name, owner, kind, arguments, returns, body, nonAtomic, definer, traits,
        access);
  }
}
