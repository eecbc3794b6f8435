package io.redward.runtime.row;

import io.redward.foundation.types.Physical;
import java.util.ArrayList;
import java.util.List;

/// How a row lies in `long` words: `[header words][null words][fields]`.
///
/// A nullable field has a bit in the null words, set where the value is NULL (its words mean
/// nothing
/// then). INT, LONG and DOUBLE take one word (a double its raw bits), INT128 two (high, low), BYTES
/// one: a [io.redward.foundation.batch.BytesView] into the state's arena.
///
/// @param headerWords words before the null words, used by the state itself
/// @param nullWords words of null bits
/// @param slots where each field is
/// @param rowWords words a row takes
public record RowLayout(int headerWords, int nullWords, List<Slot> slots, int rowWords) {
  /// A field's place.
  ///
  /// @param word the field's first word, counted from the row's first
  /// @param nullWord the word that has its null bit; -1 if it is never NULL
  /// @param nullMask the null bit within that word; 0 if it is never NULL
  public record Slot(Physical physical, int word, int nullWord, long nullMask) {
    public boolean nullable() {
      return nullWord >= 0;
    }

    /// Words the value takes.
    public int words() {
      return RowLayout.words(physical);
    }

    /// Whether the field is NULL in the row at word `row` of `page`.
    public boolean isNull(long[] page, int row) {
      return nullWord >= 0 && (page[row + nullWord] & nullMask) != 0;
    }

    public void setNull(long[] page, int row) {
      page[row + nullWord] |= nullMask;
    }

    public void setPresent(long[] page, int row) {
      if (nullWord >= 0) {
        page[row + nullWord] &= ~nullMask;
      }
    }
  }

  /// What a layout is made from.
  public record Member(Physical physical, boolean nullable, int words) {
    public Member(Physical physical, boolean nullable) {
      this(physical, nullable, RowLayout.words(physical));
    }
  }

  public RowLayout {
    slots = List.copyOf(slots);
  }

  /// Lays members out one after another.
  public static RowLayout of(int headerWords, List<Member> members) {
    int nullable = 0;
    for (Member member : members) {
      nullable += member.nullable() ? 1 : 0;
    }
    int nullWords = (nullable + 63) >>> 6;
    List<Slot> slots = new ArrayList<>(members.size());
    int word = headerWords + nullWords;
    int bit = 0;
    for (Member member : members) {
      if (member.nullable()) {
        slots.add(new Slot(member.physical(), word, headerWords + (bit >> 6), 1L << bit));
        bit++;
      } else {
        slots.add(new Slot(member.physical(), word, -1, 0));
      }
      word += member.words();
    }
    return new RowLayout(headerWords, nullWords, slots, Math.max(1, word));
  }

  public Slot slot(int index) {
    return slots.get(index);
  }

  static int words(Physical physical) {
    return physical == Physical.INT128 ? 2 : 1;
  }
}
