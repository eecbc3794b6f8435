package io.redward.leader.sql.ast;

/// One SQL statement. The families group what one part of the leader handles.
public sealed interface Statement extends Node
    permits DataStatement,
        TableStatement,
        ObjectStatement,
        RoutineStatement,
        ExternalStatement,
        AccessStatement,
        PolicyStatement,
        TransactionStatement,
        SessionStatement,
        CursorStatement,
        ShowStatement,
        MaintenanceStatement,
        SnapshotStatement {}
