package io.redward.leader.catalog;

import java.util.List;

/// A policy on a table or view for a user, a role or PUBLIC.
///
/// @param grantee oid, or [AccessList#PUBLIC]
/// @param grantor oid of the user who attached it
/// @param priority of a masking policy: the highest one counts
/// @param outputs numbers of the columns that are masked; empty for a row policy
/// @param inputs numbers of the columns that the policy's own stand for, in their order
/// @param paths where in the values of those columns
public record Attachment(
    int oid,
    int policyOid,
    int relationOid,
    int grantee,
    int grantor,
    int priority,
    List<Integer> outputs,
    List<Integer> inputs,
    Paths paths)
    implements CatalogObject {
  /// Places in columns, parallel to outputs and inputs.
  public record Paths(List<SuperPath> outputs, List<SuperPath> inputs) {
    public static final Paths NONE = new Paths(List.of(), List.of());

    public Paths {
      outputs = List.copyOf(outputs);
      inputs = List.copyOf(inputs);
    }

    /// The place in an output column.
    public SuperPath output(int index) {
      return index < outputs.size() ? outputs.get(index) : SuperPath.WHOLE;
    }

    /// The place in an input column.
    public SuperPath input(int index) {
      return index < inputs.size() ? inputs.get(index) : SuperPath.WHOLE;
    }
  }

  public Attachment {
    outputs = List.copyOf(outputs);
    inputs = List.copyOf(inputs);
  }

  /// What sets it apart from others.
  @Override
  public String name() {
    StringBuilder places = new StringBuilder();
    paths.outputs().forEach(path -> places.append(path.text()));
    return policyOid + "/" + relationOid + "/" + grantee + "/" + outputs + places;
  }

  /// The same for another policy and relation.
  public Attachment with(int policy, int relation) {
    return new Attachment(
        oid, policy, relation, grantee, grantor, priority, outputs, inputs, paths);
  }

  Attachment withOid(int newOid) {
    return new Attachment(
        newOid, policyOid, relationOid, grantee, grantor, priority, outputs, inputs, paths);
  }
}
