/// What exists: databases, schemas, tables, views, users and groups, as one immutable value,
/// [io.redward.leader.catalog.Catalog]. A statement is bound against the catalog of its snapshot
/// and never sees it change.
///
/// The catalog is kept in storage entries, one an object (`catalog/table/100123` and so on, JSON),
/// so that it commits with the data and concurrent DDL on different objects does not conflict. A
/// second entry for each name (`catalog-name/...`) makes two concurrent CREATEs of one name
/// conflict. [io.redward.leader.catalog.CatalogReader] reads a snapshot,
/// [io.redward.leader.catalog.CatalogWriter] changes a transaction,
/// [io.redward.leader.catalog.Privileges] says who may do what.
///
/// Source: Redshift's manual, "Managing database security" and CREATE TABLE.
@NullMarked
package io.redward.leader.catalog;

import org.jspecify.annotations.NullMarked;
