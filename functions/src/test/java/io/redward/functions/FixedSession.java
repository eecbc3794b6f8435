package io.redward.functions;

import io.redward.functions.signature.LastRun;
import io.redward.functions.signature.PriorityTarget;
import io.redward.functions.signature.PrivilegeKind;
import io.redward.functions.signature.SeededNumbers;
import io.redward.functions.signature.SessionFunctions;
import java.util.List;
import java.util.Optional;

/// The session that the examples are evaluated in: one user, one schema, no objects.
final class FixedSession implements SessionFunctions {
  @Override
  public Optional<String> groupName(int oid) {
    return Optional.empty();
  }

  @Override
  public Optional<String> userName(int oid) {
    return oid == 100 ? Optional.of("admin") : Optional.empty();
  }

  @Override
  public Optional<Integer> userId(String name) {
    return name.equals("admin") ? Optional.of(100) : Optional.empty();
  }

  @Override
  public boolean isMember(String member, String role) {
    return false;
  }

  @Override
  public boolean isVisible(int relation) {
    return false;
  }

  @Override
  public Optional<String> comment(int object, int column) {
    return Optional.empty();
  }

  @Override
  public Optional<String> viewDefinition(int view) {
    return Optional.empty();
  }

  @Override
  public String expressionText(String stored, int relation) {
    return stored;
  }

  @Override
  public Optional<String> constraintDefinition(int constraint) {
    return Optional.empty();
  }

  @Override
  public Optional<String> indexDefinition(int index) {
    return Optional.empty();
  }

  @Override
  public String setting(String name) {
    return name.equals("timezone") ? "UTC" : "";
  }

  @Override
  public Optional<String> settingIfAny(String name) {
    return name.equals("timezone") ? Optional.of("UTC") : Optional.empty();
  }

  @Override
  public String changeSetting(String name, String value, boolean local) {
    return value;
  }

  @Override
  public List<String> schemas(boolean withImplicit) {
    return withImplicit ? List.of("pg_catalog", "public") : List.of("public");
  }

  @Override
  public boolean hasColumnPrivilege(String user, String relation, String column, String privilege) {
    return true;
  }

  @Override
  public boolean hasPrivilege(String user, PrivilegeKind kind, String object, String privilege) {
    return true;
  }

  @Override
  public String objectName(String kind, int oid) {
    return Integer.toString(oid);
  }

  @Override
  public int objectId(String kind, String name) {
    return 1;
  }

  @Override
  public boolean endSession(int processId, boolean statementOnly) {
    return false;
  }

  @Override
  public boolean mayAssumeRole(String user, String role, String command) {
    return true;
  }

  @Override
  public String changePriority(PriorityTarget kind, String target, String priority) {
    return "";
  }

  @Override
  public Optional<SeededNumbers> seeded() {
    return Optional.empty();
  }

  @Override
  public void seed(double seed) {}

  @Override
  public long last(LastRun what) {
    return 0;
  }
}
