package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// A parameter of COPY or UNLOAD, typed by the shape of its argument.
public sealed interface CopyOption extends Node {

  /// `[FORMAT [AS]] CSV | JSON 'auto' | FIXEDWIDTH 'spec' | PARQUET | …`.
  ///
  /// @param argument `'auto'` or a path file for JSON and AVRO, the widths of FIXEDWIDTH
  record FormatOption(FileFormat format, Optional<String> argument, int position)
      implements CopyOption {}

  enum FileFormat {
    DELIMITED,
    CSV,
    FIXEDWIDTH,
    JSON,
    AVRO,
    PARQUET,
    ORC,
    SHAPEFILE
  }

  /// GZIP, BZIP2, LZOP, ZSTD.
  record CompressionOption(Compression compression, int position) implements CopyOption {}

  enum Compression {
    GZIP,
    BZIP2,
    LZOP,
    ZSTD
  }

  /// A bare word.
  record FlagOption(Flag flag, int position) implements CopyOption {}

  enum Flag {
    ACCEPTANYDATE,
    ADDQUOTES,
    ALLOWOVERWRITE,
    BLANKSASNULL,
    CLEANPATH,
    EMPTYASNULL,
    ENCRYPTED,
    /// UNLOAD: ENCRYPTED AUTO.
    ENCRYPTED_AUTO,
    ESCAPE,
    EXPLICIT_IDS,
    FILLRECORD,
    HEADER,
    IGNOREALLERRORS,
    IGNOREBLANKLINES,
    MANIFEST,
    /// UNLOAD: MANIFEST VERBOSE.
    MANIFEST_VERBOSE,
    NOLOAD,
    REMOVEQUOTES,
    ROUNDEC,
    SERIALIZETOJSON,
    SSH,
    TRIMBLANKS,
    TRUNCATECOLUMNS
  }

  /// A word with a text.
  record TextOption(TextParameter parameter, String value, int position) implements CopyOption {}

  enum TextParameter {
    /// The replacement character; `?` where none is written.
    ACCEPTINVCHARS,
    DATEFORMAT,
    DELIMITER,
    ENCODING,
    EXTENSION,
    KMS_KEY_ID,
    NULL_AS,
    /// CSV's quote character.
    QUOTE,
    REGION,
    TIMEFORMAT
  }

  /// A word with a number.
  record NumberOption(NumberParameter parameter, long value, int position) implements CopyOption {}

  enum NumberParameter {
    COMPROWS,
    IGNOREHEADER,
    MAXERROR,
    /// In bytes; MB is the unit where none is written.
    MAXFILESIZE,
    READRATIO,
    /// In bytes, likewise.
    ROWGROUPSIZE
  }

  /// COMPUPDATE, STATUPDATE, PARALLEL.
  record SwitchOption(Switch parameter, SwitchValue value, int position) implements CopyOption {}

  enum Switch {
    COMPUPDATE,
    STATUPDATE,
    PARALLEL
  }

  enum SwitchValue {
    ON,
    OFF,
    /// COMPUPDATE PRESET.
    PRESET
  }

  /// `SIMPLIFY [AUTO] [tolerance]` of SHAPEFILE.
  record SimplifyOption(boolean auto, Optional<String> tolerance, int position)
      implements CopyOption {}

  /// UNLOAD: PARTITION BY (columns) [INCLUDE].
  record PartitionOption(List<Identifier> columns, boolean include, int position)
      implements CopyOption {}

  /// IAM_ROLE default, or one or more role names chained with commas.
  record IamRoleOption(Optional<String> arn, int position) implements CopyOption {}

  /// `ACCESS_KEY_ID 'x'`, `SECRET_ACCESS_KEY 'y'`, `SESSION_TOKEN 'z'`,
  /// `MASTER_SYMMETRIC_KEY 'k'`, `CREDENTIALS '…'`. The value is a secret: never print it.
  record CredentialOption(Credential kind, String secret, int position) implements CopyOption {
    @Override
    public String toString() {
      return "CredentialOption[kind=" + kind + ", secret=***, position=" + position + "]";
    }
  }

  enum Credential {
    ACCESS_KEY_ID,
    SECRET_ACCESS_KEY,
    SESSION_TOKEN,
    MASTER_SYMMETRIC_KEY,
    CREDENTIALS
  }

  /// `USING TEMPLATE name`.
  record TemplateOption(QualifiedName template, int position) implements CopyOption {}
}
