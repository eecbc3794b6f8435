package io.redward.functions.signature;

import java.util.List;
import java.util.Optional;

/// What functions that look into the catalog ask of the leader; one instance a session, called by
/// the threads that run the session's statement.
public interface SessionFunctions {
  /// The name of a user, empty if there is none with this oid.
  Optional<String> userName(int oid);

  /// The name of a group, empty if there is none with this oid.
  Optional<String> groupName(int oid);

  /// The oid of the user with this name, empty if there is none.
  Optional<Integer> userId(String name);

  /// True if the user or role is a member of the role.
  boolean isMember(String member, String role);

  /// True if a relation of this oid can be named without its schema.
  boolean isVisible(int relation);

  /// The comment on an object; `column` is 0 for the object itself.
  Optional<String> comment(int object, int column);

  /// The SELECT statement of a view.
  Optional<String> viewDefinition(int view);

  /// The text of a default or constraint expression as the catalog stores it.
  String expressionText(String stored, int relation);

  /// The definition of a constraint.
  Optional<String> constraintDefinition(int constraint);

  /// The statement that would make an index.
  Optional<String> indexDefinition(int index);

  /// A setting's value.
  ///
  /// @throws io.redward.foundation.base.SqlException if there is no such setting
  String setting(String name);

  /// A setting's value, if there is such a setting.
  Optional<String> settingIfAny(String name);

  /// Changes a setting and answers its value.
  ///
  /// @param local until the end of the transaction only
  String changeSetting(String name, String value, boolean local);

  /// The schemas of the search path that exist.
  List<String> schemas(boolean withImplicit);

  /// Whether the user has the privilege (one of those that GRANT knows, or several separated
  /// by commas).
  ///
  /// @param user empty for the current user
  /// @param object a name, qualified or not, or an oid in digits
  boolean hasPrivilege(String user, PrivilegeKind kind, String object, String privilege);

  /// The same for a column.
  ///
  /// @param column its name, or its number in digits
  boolean hasColumnPrivilege(String user, String relation, String column, String privilege);

  /// The name of the relation, function or type with this oid as `::regclass` and its kin show it.
  String objectName(String kind, int oid);

  /// The oid of a relation, function or type.
  ///
  /// @param kind TABLE, FUNCTION or TYPE
  /// @throws io.redward.foundation.base.SqlException if there is no such object
  int objectId(String kind, String name);

  /// Asks another session to end its statement, or to end altogether.
  ///
  /// @return false if there is no such session
  boolean endSession(int processId, boolean statementOnly);

  /// Whether a user may have a statement assume an IAM role.
  ///
  /// @param command COPY, UNLOAD, EXTERNAL FUNCTION or CREATE MODEL
  /// @throws io.redward.foundation.base.SqlException if there is no such user
  boolean mayAssumeRole(String user, String role, String command);

  /// Gives a query, a session or a user a priority and answers what has changed.
  ///
  /// @param target a query's or process's number, or a user's name
  String changePriority(PriorityTarget kind, String target, String priority);

  /// The sequence that SET SEED has begun, if it has begun one.
  Optional<SeededNumbers> seeded();

  /// Begins a sequence of numbers for RANDOM.
  void seed(double seed);

  /// What this session ran last.
  long last(LastRun what);
}
