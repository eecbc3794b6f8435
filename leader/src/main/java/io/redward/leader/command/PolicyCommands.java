package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Attachment;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.RelationColumns;
import io.redward.leader.catalog.SuperPath;
import io.redward.leader.catalog.SystemRole;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.AccessStatement.Grantee;
import io.redward.leader.sql.ast.AccessStatement.GranteeKind;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.ObjectStatement.ObjectKind;
import io.redward.leader.sql.ast.PolicyStatement;
import io.redward.leader.sql.ast.PolicyStatement.AttachMaskingPolicyStatement;
import io.redward.leader.sql.ast.PolicyStatement.AttachRlsPolicyStatement;
import io.redward.leader.sql.ast.PolicyStatement.PolicyColumn;
import io.redward.leader.sql.ast.QualifiedName;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Row-level security and masking policies: making, changing, attaching and dropping them. All of
/// it is for superusers and holders of `sys:secadmin`.
public final class PolicyCommands {
  private final CommandContext context;
  private final InstantSource clock;
  private final PolicyCheck check;

  /// Finds out whether a policy's expressions can be bound over a relation.
  @FunctionalInterface
  public interface PolicyCheck {
    /// @throws SqlException if they cannot
    void check(Policy policy, OwnedObject relation, Optional<Attachment> mask);
  }

  public PolicyCommands(CommandContext context, InstantSource clock, PolicyCheck check) {
    this.context = context;
    this.clock = clock;
    this.check = check;
  }

  /// @return the command tag
  public String run(PolicyStatement statement) {
    requireSecurityAdministrator(context);
    return switch (statement) {
      case PolicyStatement.CreateRlsPolicyStatement create -> {
        create(
            Policy.Kind.RLS,
            create.name(),
            create.columns(),
            create.alias().map(Identifier::name),
            List.of(create.predicate()));
        yield "CREATE RLS POLICY";
      }
      case PolicyStatement.CreateMaskingPolicyStatement create -> {
        createMasking(create);
        yield "CREATE MASKING POLICY";
      }
      case PolicyStatement.AlterPolicyStatement alter -> alter(alter);
      case AttachRlsPolicyStatement attach -> attachRows(attach);
      case AttachMaskingPolicyStatement attach -> attachMask(attach);
      case PolicyStatement.IdentityProviderStatement _,
          PolicyStatement.DescribeIdentityProviderStatement _ ->
          throw new SqlException(
                  SqlState.FEATURE_NOT_SUPPORTED, "identity providers are not supported")
              .withPosition(statement.position());
    };
  }

  /// Refuses who may not change policies.
  static void requireSecurityAdministrator(CommandContext context) {
    if (!context.user().superuser()
        && !SystemRole.SECADMIN.isHeldBy(context.catalog(), context.user())) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "must be superuser or have role sys:secadmin to change security policies");
    }
  }

  private void createMasking(PolicyStatement.CreateMaskingPolicyStatement create) {
    if (create.ifNotExists() && find(Policy.Kind.MASKING, create.name()).isPresent()) {
      context
          .notices()
          .info("masking policy \"" + create.name() + "\" already exists and will be skipped");
      return;
    }
    create(
        Policy.Kind.MASKING, create.name(), create.columns(), Optional.empty(), create.maskings());
  }

  private void create(
      Policy.Kind kind,
      QualifiedName name,
      List<PolicyColumn> columns,
      Optional<String> alias,
      List<Expr> expressions) {
    List<Policy.Column> declared = new ArrayList<>();
    for (PolicyColumn column : columns) {
      declared.add(new Policy.Column(column.name().name(), SqlPrinter.print(column.type())));
    }
    context
        .writer()
        .get()
        .createPolicy(
            new Policy(
                0,
                context.database().oid(),
                name.last().name(),
                kind,
                declared,
                alias,
                expressions.stream().map(SqlPrinter::print).toList(),
                context.searchPath(),
                Set.of(),
                context.user().oid(),
                now()));
  }

  private long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  private String alter(PolicyStatement.AlterPolicyStatement alter) {
    Policy.Kind kind =
        alter.kind() == ObjectKind.RLS_POLICY ? Policy.Kind.RLS : Policy.Kind.MASKING;
    Policy policy = policy(kind, alter.name());
    Policy changed =
        policy.withExpressions(
            alter.exprs().stream().map(SqlPrinter::print).toList(), context.user().oid(), now());
    if (changed.expressions().size() != policy.expressions().size()) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "the number of expressions of a masking policy cannot be changed")
          .withPosition(alter.position());
    }
    for (Attachment attachment : context.catalog().policies().of(policy)) {
      if (context.catalog().object(attachment.relationOid()).orElse(null)
          instanceof OwnedObject relation) {
        check.check(changed, relation, mask(changed, attachment));
      }
    }
    context.writer().get().replace(changed);
    return kind == Policy.Kind.RLS ? "ALTER RLS POLICY" : "ALTER MASKING POLICY";
  }

  private static Optional<Attachment> mask(Policy policy, Attachment attachment) {
    return policy.kind() == Policy.Kind.MASKING ? Optional.of(attachment) : Optional.empty();
  }

  private String attachRows(AttachRlsPolicyStatement statement) {
    Policy policy = policy(Policy.Kind.RLS, statement.policy());
    for (QualifiedName name : statement.tables()) {
      OwnedObject relation = relation(name);
      if (statement.attach()) {
        check.check(policy, relation, Optional.empty());
      }
      for (Grantee grantee : statement.grantees()) {
        Attachment attachment =
            new Attachment(
                0,
                policy.oid(),
                relation.oid(),
                grantee(grantee),
                context.user().oid(),
                0,
                List.of(),
                List.of(),
                Attachment.Paths.NONE);
        change(statement.attach(), policy, relation, attachment);
      }
    }
    return statement.attach() ? "ATTACH RLS POLICY" : "DETACH RLS POLICY";
  }

  private String attachMask(AttachMaskingPolicyStatement statement) {
    Policy policy = policy(Policy.Kind.MASKING, statement.policy());
    OwnedObject relation = relation(statement.table());
    List<Integer> outputs = columns(relation, statement.outputColumns());
    List<Integer> inputs =
        statement.inputColumns().isEmpty() ? outputs : columns(relation, statement.inputColumns());
    List<SuperPath> outputPaths = paths(relation, statement.outputColumns());
    Attachment.Paths paths =
        new Attachment.Paths(
            outputPaths,
            statement.inputColumns().isEmpty()
                ? outputPaths
                : paths(relation, statement.inputColumns()));
    if (statement.attach()) {
      requireWidth(policy.expressions().size(), outputs.size(), "output", statement.position());
      requireWidth(policy.columns().size(), inputs.size(), "input", statement.position());
    }
    for (Grantee grantee : statement.grantees()) {
      Attachment attachment =
          new Attachment(
              0,
              policy.oid(),
              relation.oid(),
              grantee(grantee),
              context.user().oid(),
              statement.priority().orElse(0),
              outputs,
              inputs,
              paths);
      if (statement.attach()) {
        requireOwnPriority(attachment);
        check.check(policy, relation, Optional.of(attachment));
      }
      change(statement.attach(), policy, relation, attachment);
    }
    return statement.attach() ? "ATTACH MASKING POLICY" : "DETACH MASKING POLICY";
  }

  private static void requireWidth(int wanted, int given, String which, int position) {
    if (wanted != given) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "masking policy has "
                  + wanted
                  + " "
                  + which
                  + " columns but "
                  + given
                  + " are specified")
          .withPosition(position);
    }
  }

  /// Two policies on a column must differ in priority, or it would not be clear which one counts.
  private void requireOwnPriority(Attachment fresh) {
    for (Attachment other : context.catalog().policies().on(fresh.relationOid())) {
      if (samePlace(other, fresh)
          && (other.priority() == fresh.priority() || other.grantee() == fresh.grantee())) {
        throw new SqlException(
            SqlState.DUPLICATE_OBJECT,
            other.grantee() == fresh.grantee()
                ? "a masking policy is already attached to this column for this user or role"
                : "a masking policy with priority "
                    + fresh.priority()
                    + " is already attached to this column");
      }
    }
  }

  /// Whether both mask the same.
  ///
  /// @throws SqlException if one masks a part of what the other masks
  private static boolean samePlace(Attachment other, Attachment fresh) {
    boolean same = false;
    for (int i = 0; i < fresh.outputs().size(); i++) {
      for (int k = 0; k < other.outputs().size(); k++) {
        if (fresh.outputs().get(i).equals(other.outputs().get(k))) {
          SuperPath path = fresh.paths().output(i);
          SuperPath known = other.paths().output(k);
          if (path.conflictsWith(known)) {
            throw new SqlException(
                SqlState.DUPLICATE_OBJECT,
                "the path conflicts with one that a masking policy is already attached to");
          }
          same |= path.equals(known);
        }
      }
    }
    return same;
  }

  private void change(boolean attach, Policy policy, OwnedObject relation, Attachment attachment) {
    Optional<Attachment> known =
        context.catalog().policies().on(relation.oid()).stream()
            .filter(a -> a.name().equals(attachment.name()))
            .findFirst();
    if (attach == known.isPresent()) {
      throw new SqlException(
          attach ? SqlState.DUPLICATE_OBJECT : SqlState.UNDEFINED_OBJECT,
          policy.noun()
              + " \""
              + policy.name()
              + "\" is "
              + (attach ? "already" : "not")
              + " attached to relation \""
              + relation.name()
              + "\" for this user or role");
    }
    if (attach) {
      context.writer().get().attach(attachment);
    } else {
      context.writer().get().drop(known.get(), false);
    }
  }

  private int grantee(Grantee grantee) {
    if (grantee.kind() == GranteeKind.GROUP) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "policies can be attached to users, roles and PUBLIC only")
          .withPosition(grantee.position());
    }
    return grantee.kind() == GranteeKind.PUBLIC
        ? AccessList.PUBLIC
        : new AccessCommands(context).grantee(grantee);
  }

  private OwnedObject relation(QualifiedName name) {
    return context.relation(name);
  }

  private static List<Integer> columns(OwnedObject relation, List<Expr> names) {
    List<Integer> columns = new ArrayList<>();
    for (Expr expr : names) {
      String name = named(expr).name().parts().getFirst().name();
      columns.add(
          RelationColumns.number(relation, name)
              .orElseThrow(
                  () ->
                      new SqlException(
                              SqlState.UNDEFINED_COLUMN,
                              "column \""
                                  + name
                                  + "\" of relation \""
                                  + relation.name()
                                  + "\" does not exist")
                          .withPosition(expr.position())));
    }
    return columns;
  }

  private static Expr.ColumnRef named(Expr expr) {
    if (expr instanceof Expr.ColumnRef ref) {
      return ref;
    }
    throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "masking policies can be attached to columns and to members of objects in SUPER values"
                + " only")
        .withPosition(expr.position());
  }

  /// What follows the columns' names.
  private static List<SuperPath> paths(OwnedObject relation, List<Expr> names) {
    List<SuperPath> paths = new ArrayList<>();
    for (Expr expr : names) {
      List<Identifier> parts = named(expr).name().parts();
      SuperPath path =
          new SuperPath(parts.subList(1, parts.size()).stream().map(Identifier::name).toList());
      boolean navigable =
          RelationColumns.of(relation).stream()
              .anyMatch(
                  column ->
                      column.name().equals(parts.getFirst().name())
                          && column.type().kind() == TypeKind.SUPER);
      if (!path.isWhole() && !navigable) {
        throw new SqlException(
                SqlState.DATATYPE_MISMATCH,
                "column \"" + parts.getFirst().name() + "\" is not of type super")
            .withPosition(expr.position());
      }
      paths.add(path);
    }
    return paths;
  }

  private Optional<Policy> find(Policy.Kind kind, QualifiedName name) {
    return context.catalog().policies().find(context.database().oid(), kind, name.last().name());
  }

  private Policy policy(Policy.Kind kind, QualifiedName name) {
    return find(kind, name)
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_OBJECT,
                        (kind == Policy.Kind.RLS ? "RLS" : "masking")
                            + " policy \""
                            + name
                            + "\" does not exist")
                    .withPosition(name.position()));
  }
}
