package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Row-level security, data masking, identity providers.
public sealed interface PolicyStatement extends Statement {

  /// A column a policy reads.
  record PolicyColumn(Identifier name, TypeName type) {}

  /// CREATE RLS POLICY.
  record CreateRlsPolicyStatement(
      QualifiedName name,
      List<PolicyColumn> columns,
      Optional<Identifier> alias,
      Expr predicate,
      int position)
      implements PolicyStatement {}

  /// CREATE MASKING POLICY.
  record CreateMaskingPolicyStatement(
      QualifiedName name,
      boolean ifNotExists,
      List<PolicyColumn> columns,
      List<Expr> maskings,
      int position)
      implements PolicyStatement {}

  /// ALTER MASKING POLICY and ALTER RLS POLICY … USING.
  record AlterPolicyStatement(
      ObjectStatement.ObjectKind kind, QualifiedName name, List<Expr> exprs, int position)
      implements PolicyStatement {}

  /// ATTACH or DETACH MASKING POLICY.
  record AttachMaskingPolicyStatement(
      boolean attach,
      QualifiedName policy,
      QualifiedName table,
      List<Expr> outputColumns,
      List<Expr> inputColumns,
      List<AccessStatement.Grantee> grantees,
      OptionalInt priority,
      int position)
      implements PolicyStatement {}

  /// ATTACH or DETACH RLS POLICY.
  record AttachRlsPolicyStatement(
      boolean attach,
      QualifiedName policy,
      List<QualifiedName> tables,
      List<AccessStatement.Grantee> grantees,
      int position)
      implements PolicyStatement {}

  /// CREATE or ALTER IDENTITY PROVIDER.
  record IdentityProviderStatement(
      boolean create, Identifier name, List<RoutineStatement.NamedOption> options, int position)
      implements PolicyStatement {}

  /// DESC IDENTITY PROVIDER.
  record DescribeIdentityProviderStatement(Identifier name, int position)
      implements PolicyStatement {}
}
