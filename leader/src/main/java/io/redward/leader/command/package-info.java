/// Statements that are not queries: each family has a class here that carries its statements out in
/// the session's transaction and answers with a command tag. DDL changes the catalog through
/// [io.redward.leader.catalog.CatalogWriter], so it commits and rolls back like rows do.
@NullMarked
package io.redward.leader.command;

import org.jspecify.annotations.NullMarked;
