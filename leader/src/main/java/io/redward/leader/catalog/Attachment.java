package io.redward.leader.catalog;

import java.util.List;

/// A policy on a table or view for a user, a role or PUBLIC.
///
/// @param grantee oid, or [AccessList#PUBLIC]
/// @param grantor oid of the user who attached it
/// @param priority of a masking policy: the highest one counts
/// @param outputs numbers of the columns that are masked; empty for a row policy
/// @param inputs numbers of the columns that the policy's own stand for, in their order
public record Attachment(
    int oid,
    int policyOid,
    int relationOid,
    int grantee,
    int grantor,
    int priority,
    List<Integer> outputs,
    List<Integer> inputs)
    implements CatalogObject {
  public Attachment {
    outputs = List.copyOf(outputs);
    inputs = List.copyOf(inputs);
  }

  /// What sets it apart from others.
  @Override
  public String name() {
    return policyOid + "/" + relationOid + "/" + grantee + "/" + outputs;
  }

  /// The same for another policy and relation.
  public Attachment with(int policy, int relation) {
    return new Attachment(oid, policy, relation, grantee, grantor, priority, outputs, inputs);
  }

  Attachment withOid(int newOid) {
    return new Attachment(
        newOid, policyOid, relationOid, grantee, grantor, priority, outputs, inputs);
  }
}
