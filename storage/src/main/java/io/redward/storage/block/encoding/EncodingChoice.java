package io.redward.storage.block.encoding;

import java.util.Locale;

/// What a column's `ENCODE` asks for. What does not fit a block's values (a declared delta of a
/// byte over random numbers) is stored as it is.
public enum EncodingChoice {
  /// The cheapest, block by block.
  AUTO,
  RAW,
  /// Differences of one byte; larger ones are exceptions.
  DELTA8,
  /// Differences of two bytes.
  DELTA16,
  /// Values of one byte; larger ones are exceptions.
  MOSTLY8,
  MOSTLY16,
  MOSTLY32,
  RUNLENGTH,
  DICTIONARY,
  /// Symbols learned from the block's text.
  TEXT,
  ZSTD,
  LZ4;

  /// The layout that a declared encoding stands for. AZ64 is what is cheapest for numbers. The two
  /// text encodings, which differ in the size of their word list, share one table of symbols; LZO
  /// stands for its whole class, of which LZ4 is the fastest to undo. Unknown names are as good as
  /// none; the leader has refused them.
  public static EncodingChoice of(String declared) {
    return switch (declared.toLowerCase(Locale.ROOT)) {
      case "raw", "none" -> RAW;
      case "delta" -> DELTA8;
      case "delta32k" -> DELTA16;
      case "mostly8" -> MOSTLY8;
      case "mostly16" -> MOSTLY16;
      case "mostly32" -> MOSTLY32;
      case "runlength" -> RUNLENGTH;
      case "bytedict" -> DICTIONARY;
      case "text255", "text32k" -> TEXT;
      case "zstd" -> ZSTD;
      case "lzo" -> LZ4;
      default -> AUTO;
    };
  }
}
