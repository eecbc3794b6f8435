package io.redward.leader.binder;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.StableFunction;
import java.util.ArrayList;
import java.util.List;

/// The values a statement takes when it is executed: the client's `$n`, and values that are fixed
/// for an execution such as GETDATE(). Each has a slot; a slot's number is its parameter index in
/// the plan.
final class Parameters {
  private final List<BoundParameter> slots = new ArrayList<>();
  private final List<SqlType> hints;

  /// @param hints types the client has declared for `$1`, `$2`, ...; UNKNOWN where it left it open
  Parameters(List<SqlType> hints) {
    this.hints = hints;
  }

  /// The slot of `$number`.
  int clientSlot(int number) {
    for (int slot = 0; slot < slots.size(); slot++) {
      if (slots.get(slot) instanceof BoundParameter.ClientValue(int n, SqlType _) && n == number) {
        return slot;
      }
    }
    SqlType type = number <= hints.size() ? hints.get(number - 1) : SqlType.UNKNOWN;
    slots.add(new BoundParameter.ClientValue(number, type));
    return slots.size() - 1;
  }

  /// The slot of a value that is fixed for an execution.
  int stableSlot(StableFunction function) {
    BoundParameter wanted = new BoundParameter.StableValue(function);
    int slot = slots.indexOf(wanted);
    if (slot < 0) {
      slots.add(wanted);
      slot = slots.size() - 1;
    }
    return slot;
  }

  SqlType type(int slot) {
    return slots.get(slot).type();
  }

  /// Gives a client's parameter of unknown type its type.
  void settle(int slot, SqlType type) {
    if (slots.get(slot) instanceof BoundParameter.ClientValue(int number, SqlType known)
        && known.equals(SqlType.UNKNOWN)) {
      slots.set(slot, new BoundParameter.ClientValue(number, type));
    }
  }

  /// All slots; a parameter that no context has given a type is a string.
  List<BoundParameter> slots() {
    SqlType text = SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
    for (int slot = 0; slot < slots.size(); slot++) {
      settle(slot, text);
    }
    return List.copyOf(slots);
  }
}
