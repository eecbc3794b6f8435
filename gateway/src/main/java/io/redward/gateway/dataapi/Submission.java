package io.redward.gateway.dataapi;

import io.redward.gateway.aws.SqlParameter;
import java.util.List;
import java.util.Optional;

/// What `ExecuteStatement` or `BatchExecuteStatement` asks for, checked.
///
/// @param batch whether the statements came as a batch
/// @param oneTransaction whether they stand or fall together
/// @param form in which rows are wanted
record Submission(
    List<String> statements,
    List<SqlParameter> parameters,
    Target target,
    Optional<String> name,
    boolean batch,
    boolean oneTransaction,
    ResultForm form) {
  /// Where it runs. The warehouse answers to any cluster or workgroup name.
  record Target(
      Optional<String> cluster,
      Optional<String> workgroup,
      Optional<String> secret,
      String database,
      String user) {}
}
