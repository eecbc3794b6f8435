package io.redward.runtime.join;

import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.Build;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowLayout.Member;
import io.redward.runtime.row.RowLayout.Slot;
import java.util.ArrayList;
import java.util.List;

/// Where the keys and the payload of a build row are. Word 0 of a row is the header: the key's hash
/// until the table is sealed (not set for one integer key), then the next row of the chain plus one
/// in the lower half.
///
/// @param row the layout of all slots: keys, then payload fields of their own
/// @param payloadSlots by payload field, the slot index in `row`: a field that repeats an integer
/// key
///     has the key's
/// @param marks whether probes mark the rows they match
/// @param skipMasks by null word: bits of keys whose NULL matches nothing; such rows are in no
/// chain
/// @param integerKey true for one INT or LONG key that is not null-safe
public record JoinLayout(
    RowLayout row,
    int keyCount,
    List<Integer> payloadSlots,
    List<Boolean> nullSafe,
    boolean marks,
    long[] skipMasks,
    boolean integerKey) {
  /// Header bits that name the next row plus one.
  public static final long NEXT = 0xFFFF_FFFFL;

  public static JoinLayout of(Build build) {
    List<Member> members = new ArrayList<>();
    for (Expression key : build.keys()) {
      members.add(new Member(key.physical(), key.nullable()));
    }
    List<Integer> payloadSlots = new ArrayList<>();
    for (int i = 0; i < build.payload().size(); i++) {
      Field field = build.fields().get(i);
      int key = build.keys().indexOf(build.payload().get(i));
      if (key >= 0 && sharable(build.keys().get(key), field)) {
        payloadSlots.add(key);
      } else {
        payloadSlots.add(members.size());
        members.add(new Member(field.physical(), field.nullable()));
      }
    }
    RowLayout row = RowLayout.of(1, members);
    int keys = build.keys().size();
    return new JoinLayout(
        row,
        keys,
        List.copyOf(payloadSlots),
        List.copyOf(build.nullSafe()),
        build.marks(),
        skipMasks(row, keys, build.nullSafe()),
        keys == 1 && isInteger(build.keys().getFirst().physical()) && !build.nullSafe().getFirst());
  }

  private static boolean isInteger(Physical physical) {
    return physical == Physical.INT || physical == Physical.LONG;
  }

  private static boolean sharable(Expression key, Field field) {
    return key.physical() == field.physical()
        && key.nullable() == field.nullable()
        && key.physical() != Physical.BYTES
        && key.physical() != Physical.DOUBLE;
  }

  private static long[] skipMasks(RowLayout row, int keys, List<Boolean> nullSafe) {
    long[] masks = new long[row.nullWords()];
    for (int key = 0; key < keys; key++) {
      Slot slot = row.slot(key);
      if (slot.nullable() && !nullSafe.get(key)) {
        masks[slot.nullWord() - row.headerWords()] |= slot.nullMask();
      }
    }
    return masks;
  }

  public Slot key(int index) {
    return row.slot(index);
  }

  public Slot payload(int index) {
    return row.slot(payloadSlots.get(index));
  }

  /// Whether the payload field is stored under its own slot, not under a key's.
  public boolean ownSlot(int index) {
    return payloadSlots.get(index) >= keyCount;
  }

  public List<Slot> payloadSlotList() {
    List<Slot> slots = new ArrayList<>();
    for (int slot : payloadSlots) {
      slots.add(row.slot(slot));
    }
    return slots;
  }
}
