package io.redward.leader.session;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;

/// A column of a result.
///
/// @param physical the form the batch's vector has
/// @param tableOid the table the column comes from unchanged, else 0
/// @param columnNumber 1-based within that table, else 0
public record ResultColumn(
    String name, SqlType type, Physical physical, int tableOid, int columnNumber) {}
