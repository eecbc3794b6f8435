package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.AccessStatement.Grantee;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.ExternalStatement.DescribeDatashareStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.ObjectStatement.ObjectKind;
import io.redward.leader.sql.ast.PolicyStatement.AlterPolicyStatement;
import io.redward.leader.sql.ast.PolicyStatement.AttachMaskingPolicyStatement;
import io.redward.leader.sql.ast.PolicyStatement.AttachRlsPolicyStatement;
import io.redward.leader.sql.ast.PolicyStatement.CreateMaskingPolicyStatement;
import io.redward.leader.sql.ast.PolicyStatement.CreateRlsPolicyStatement;
import io.redward.leader.sql.ast.PolicyStatement.DescribeIdentityProviderStatement;
import io.redward.leader.sql.ast.PolicyStatement.IdentityProviderStatement;
import io.redward.leader.sql.ast.PolicyStatement.PolicyColumn;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Row-level security and masking policies, identity providers, DESC.
final class PolicyParser {
  private static final Set<String> PROVIDER_WORDS =
      Set.of(
          "type",
          "namespace",
          "parameters",
          "application_arn",
          "iam_role",
          "auto_create_roles",
          "rename",
          "disable",
          "enable");

  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  PolicyParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  /// ATTACH, DETACH, DESC.
  Statement statement() {
    int position = cursor.position();
    if (cursor.acceptWord("desc")) {
      return describe(position);
    }
    boolean attach = cursor.next().text().equals("attach");
    if (cursor.acceptWords("masking", "policy")) {
      return attachMasking(attach, position);
    }
    cursor.expectWords("rls", "policy");
    return attachRls(attach, position);
  }

  Statement create(int position) {
    if (cursor.acceptWords("identity", "provider")) {
      return identityProvider(true, position);
    }
    if (cursor.acceptWords("masking", "policy")) {
      return createMasking(position);
    }
    cursor.expectWords("rls", "policy");
    QualifiedName name = names.qualifiedName();
    List<PolicyColumn> columns = policyColumns();
    cursor.acceptWord("as");
    Optional<Identifier> alias =
        cursor.atWord("using") ? Optional.empty() : Optional.of(names.name());
    cursor.expectWord("using");
    cursor.expect(TokenKind.LEFT_PAREN);
    Expr predicate = grammar.expressions.expression();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return new CreateRlsPolicyStatement(name, columns, alias, predicate, position);
  }

  private List<PolicyColumn> policyColumns() {
    return cursor.acceptWord("with") ? names.parenthesised(this::policyColumn) : List.of();
  }

  private PolicyColumn policyColumn() {
    Identifier name = names.name();
    return new PolicyColumn(name, grammar.types.typeName());
  }

  private Statement createMasking(int position) {
    boolean ifNotExists = names.ifNotExists();
    QualifiedName name = names.qualifiedName();
    List<PolicyColumn> columns = policyColumns();
    cursor.expectWord("using");
    List<Expr> maskings = names.parenthesised(grammar.expressions::expression);
    return new CreateMaskingPolicyStatement(name, ifNotExists, columns, maskings, position);
  }

  /// ALTER of a policy or an identity provider.
  Statement alter(int position) {
    if (cursor.acceptWords("identity", "provider")) {
      return identityProvider(false, position);
    }
    ObjectKind kind = ObjectKind.MASKING_POLICY;
    if (!cursor.acceptWords("masking", "policy")) {
      cursor.expectWords("rls", "policy");
      kind = ObjectKind.RLS_POLICY;
    }
    QualifiedName name = names.qualifiedName();
    cursor.expectWord("using");
    List<Expr> exprs = names.parenthesised(grammar.expressions::expression);
    return new AlterPolicyStatement(kind, name, exprs, position);
  }

  private Statement identityProvider(boolean create, int position) {
    Identifier name = names.name();
    return new IdentityProviderStatement(
        create, name, new ClauseParser(cursor).clauses(PROVIDER_WORDS, Set.of()), position);
  }

  private Statement attachMasking(boolean attach, int position) {
    QualifiedName policy = names.qualifiedName();
    cursor.expectWord("on");
    QualifiedName table = names.qualifiedName();
    List<Expr> output = names.parenthesised(grammar.expressions::expression);
    List<Expr> input =
        cursor.acceptWord("using")
            ? names.parenthesised(grammar.expressions::expression)
            : List.of();
    cursor.expectWord(attach ? "to" : "from");
    List<Grantee> grantees = names.list(new GrantParser(grammar)::grantee);
    OptionalInt priority =
        cursor.acceptWord("priority") ? OptionalInt.of(names.integer()) : OptionalInt.empty();
    return new AttachMaskingPolicyStatement(
        attach, policy, table, output, input, grantees, priority, position);
  }

  private Statement attachRls(boolean attach, int position) {
    QualifiedName policy = names.qualifiedName();
    cursor.expectWord("on");
    cursor.acceptWord("table");
    List<QualifiedName> tables = names.list(names::qualifiedName);
    cursor.expectWord(attach ? "to" : "from");
    List<Grantee> grantees = names.list(new GrantParser(grammar)::grantee);
    return new AttachRlsPolicyStatement(attach, policy, tables, grantees, position);
  }

  private Statement describe(int position) {
    if (cursor.acceptWords("identity", "provider")) {
      return new DescribeIdentityProviderStatement(names.name(), position);
    }
    cursor.expectWord("datashare");
    Identifier name = names.name();
    Optional<String> account = Optional.empty();
    Optional<String> namespace = Optional.empty();
    if (cursor.acceptWord("of")) {
      if (cursor.acceptWord("account")) {
        account = Optional.of(names.string());
      }
      cursor.expectWord("namespace");
      namespace = Optional.of(names.string());
    }
    return new DescribeDatashareStatement(name, account, namespace, position);
  }
}
