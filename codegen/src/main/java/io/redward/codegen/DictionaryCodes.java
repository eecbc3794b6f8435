package io.redward.codegen;

import io.redward.codegen.dsl.Code;

/// Where a string field of a scan's row has its entry of the block's dictionary.
///
/// @param vector the column, a `BytesVector` in a local variable that is set before the loop
/// @param codes its entries by row
/// @param row the row's index
/// @param isNull whether the field is NULL, which has no entry
record DictionaryCodes(Code vector, Code codes, Code row, Code isNull) {
  /// Entries that the rows of this batch may have, NULL among them.
  Code places() {
    return Codes.add(Codes.member(vector, "codeCount", int.class), Code.of(1));
  }

  /// The row's entry.
  Code code() {
    Code code = new Code.Element(codes, row);
    Code none = Codes.member(vector, "codeCount", int.class);
    return isNull.equals(Code.FALSE) ? code : new Code.Choose(isNull, none, code);
  }
}
