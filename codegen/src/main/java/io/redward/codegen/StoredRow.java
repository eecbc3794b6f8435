package io.redward.codegen;

import static io.redward.codegen.Codes.add;
import static io.redward.codegen.Codes.binary;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.foundation.types.Physical;
import io.redward.runtime.row.RowLayout.Slot;
import java.util.List;

/// Reads and writes fields of a row at rest: word `row` of `page`.
record StoredRow(Code page, Code row) {

  Code word(int word) {
    return new Code.Element(page, add(row, Code.of(word)));
  }

  void setWord(int word, Code value, Scope scope) {
    scope.out().add(new Statement.SetElement(page, add(row, Code.of(word)), value));
  }

  Code isNull(Slot slot) {
    if (!slot.nullable()) {
      return Code.FALSE;
    }
    Code bit = binary(Code.Operator.AND, word(slot.nullWord()), Code.of(slot.nullMask()));
    return Codes.compare(Code.Relation.NOT_EQUAL, bit, Code.of(0L));
  }

  /// The value of a slot, NULL also where `absent`; strings are views into `bytesPages`.
  Value load(Slot slot, Code absent, Code bytesPages, Scope scope) {
    if (!absent.equals(Code.FALSE)) {
      return scope.unlessNull(
          absent, slot.physical(), "field", inner -> load(slot, Code.FALSE, bytesPages, inner));
    }
    Code isNull = scope.stable("fieldNull", isNull(slot));
    if (slot.physical() == Physical.BYTES) {
      return scope.unlessNull(
          isNull,
          Physical.BYTES,
          "field",
          inner -> {
            Code view = inner.stable("view", word(slot.word()));
            return inner.stable("field", BatchRow.view(view, bytesPages));
          });
    }
    List<Code> parts =
        switch (slot.physical()) {
          case INT -> List.of(Codes.toInt(word(slot.word())));
          case LONG -> List.of(word(slot.word()));
          case DOUBLE ->
              List.of(
                  Codes.call(Double.class, "longBitsToDouble", double.class, word(slot.word())));
          case INT128 -> List.of(word(slot.word()), word(slot.word() + 1));
          case BYTES -> throw new IllegalStateException();
        };
    return scope.stable("field", new Value(slot.physical(), isNull, parts));
  }

  /// Stores a value; strings go through `writer.share`.
  void store(Slot slot, Value value, Code writer, Scope scope) {
    if (!slot.nullable() || !value.nullable()) {
      storePresent(slot, value, writer, scope);
      return;
    }
    Scope absent = scope.inner();
    setNull(slot, absent);
    Scope present = scope.inner();
    storePresent(slot, value, writer, present);
    scope.out().when(value.isNull(), absent.block(), present.block());
  }

  void setNull(Slot slot, Scope scope) {
    setWord(
        slot.nullWord(),
        binary(Code.Operator.OR, word(slot.nullWord()), Code.of(slot.nullMask())),
        scope);
  }

  private void storePresent(Slot slot, Value value, Code writer, Scope scope) {
    switch (slot.physical()) {
      case INT, LONG -> setWord(slot.word(), Codes.toLong(value.part()), scope);
      case DOUBLE -> setWord(slot.word(), doubleBits(value.part()), scope);
      case INT128 -> {
        setWord(slot.word(), value.high(), scope);
        setWord(slot.word() + 1, value.low(), scope);
      }
      case BYTES ->
          setWord(
              slot.word(),
              Codes.invoke(writer, "share", long.class, value.parts().toArray(Code[]::new)),
              scope);
    }
  }

  static Code doubleBits(Code value) {
    return Codes.call(Double.class, "doubleToRawLongBits", long.class, value);
  }
}
