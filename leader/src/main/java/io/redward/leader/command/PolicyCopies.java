package io.redward.leader.command;

import io.redward.leader.catalog.Attachment;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.TableDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Carries the security policies of a database over to its clone. What the clone has of a table is
/// withheld from the same users in the same way.
final class PolicyCopies {
  private final Catalog catalog;
  private final CatalogWriter writer;
  private final Map<Integer, Integer> relations = new HashMap<>();

  /// @param catalog before the clone is made
  PolicyCopies(Catalog catalog, CatalogWriter writer) {
    this.catalog = catalog;
    this.writer = writer;
  }

  /// Notes the copy of a table or materialized view.
  void copied(TableDefinition original, TableDefinition copy) {
    relations.put(original.oid(), copy.oid());
  }

  /// Makes the policies, and attaches them where their originals are attached.
  void make(Database original, Database copy) {
    for (CatalogObject object : catalog.objects()) {
      if (object instanceof Policy policy && policy.databaseOid() == original.oid()) {
        Set<Integer> lookups = new HashSet<>();
        policy.lookups().forEach(oid -> lookups.add(relations.getOrDefault(oid, oid)));
        Policy made = writer.createPolicy(policy.withLookups(lookups).withDatabase(copy.oid()));
        for (Attachment attachment : catalog.policies().of(policy)) {
          Integer relation = relations.get(attachment.relationOid());
          if (relation != null) {
            writer.attach(attachment.with(made.oid(), relation));
          }
        }
      }
    }
    relations.forEach(
        (from, to) ->
            catalog
                .policies()
                .rowSecurity(from)
                .ifPresent(security -> writer.secureRows(to, security.on(), security.any())));
  }
}
