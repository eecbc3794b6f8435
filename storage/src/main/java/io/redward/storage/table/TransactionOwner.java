package io.redward.storage.table;

/// Whose a transaction is, for messages and system views.
///
/// @param transactionId 0 for the warehouse's own work
/// @param processId of the session, 0 for the warehouse's own work
public record TransactionOwner(long transactionId, int processId) {
  public static final TransactionOwner WAREHOUSE = new TransactionOwner(0, 0);
}
