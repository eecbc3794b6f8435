package io.redward.spi;

import io.redward.storage.objectstore.s3.S3Options;
import java.util.List;
import java.util.Optional;

/// UNLOAD's parameters, checked and typed.
///
/// @param target where the files go
/// @param format of the files
/// @param header whether each file begins with the columns' names
/// @param compression of the files
/// @param layout how rows are spread over files
/// @param manifest whether a list of the files is written too
public record UnloadRequest(
    Target target,
    Format format,
    boolean header,
    CopyRequest.Compression compression,
    Layout layout,
    Manifest manifest) {
  /// Where the files go.
  ///
  /// @param prefix what all names begin with: an `s3:` or `file:` URL or an absolute path
  /// @param existing what to do about files that are there
  /// @param anywhere files outside of the load roots may be written
  /// @param keys for S3; empty for the server's own
  /// @param region of the bucket; empty for the server's own
  public record Target(
      String prefix,
      Existing existing,
      boolean anywhere,
      Optional<S3Options.Keys> keys,
      Optional<String> region,
      Encryption encryption) {}

  /// Who encrypts the files.
  public sealed interface Encryption {
    /// Whoever the bucket's own setting says.
    record OfBucket() implements Encryption {}

    /// ENCRYPTED AUTO: the store, by the bucket's key or else its own.
    record Automatic() implements Encryption {}

    /// KMS_KEY_ID: the store, by that key.
    record OfKey(String keyId) implements Encryption {}

    /// MASTER_SYMMETRIC_KEY: this side, before they are sent.
    record OfClient(MasterKey master) implements Encryption {}
  }

  /// What becomes of files whose names begin with the prefix.
  public enum Existing {
    /// They make the statement fail.
    REFUSE,
    /// ALLOWOVERWRITE: those of the same name are replaced.
    OVERWRITE,
    /// CLEANPATH: they are deleted first.
    CLEAN
  }

  /// How rows are spread over files.
  ///
  /// @param parallel names are for several writers: `0000_part_00` instead of `000`
  /// @param maxFileBytes a file that has become so large is followed by another
  /// @param partitionColumns by whose values rows go to folders, named `column=value`
  /// @param partitionsInFiles whether those columns are in the files too
  /// @param extension what all names end with; empty for that of the compression
  public record Layout(
      boolean parallel,
      long maxFileBytes,
      List<Integer> partitionColumns,
      boolean partitionsInFiles,
      Optional<String> extension) {
    public Layout {
      partitionColumns = List.copyOf(partitionColumns);
    }
  }

  /// Whether a list of the files is written too.
  public enum Manifest {
    NONE,
    PLAIN,
    /// With columns, lengths and row counts.
    VERBOSE
  }

  /// The files' form.
  public sealed interface Format {
    /// Fields between delimiters.
    ///
    /// @param addQuotes every value that is not null is quoted
    /// @param escape delimiters, line ends, quotes and backslashes in values follow a backslash
    record Delimited(byte delimiter, boolean addQuotes, boolean escape, String nullText)
        implements Format {}

    /// Quoted where needed.
    record Csv(byte delimiter, byte quote, String nullText) implements Format {}

    /// Fields of fixed widths in bytes, padded with blanks.
    record FixedWidth(List<Integer> widths, String nullText) implements Format {
      public FixedWidth {
        widths = List.copyOf(widths);
      }
    }

    /// One JSON object a line.
    record Json() implements Format {}

    /// @param rowGroupBytes a row group that has become so large is followed by another
    record Parquet(int rowGroupBytes) implements Format {}
  }
}
