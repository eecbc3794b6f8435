package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.CopyOption.FileFormat;
import io.redward.leader.sql.ast.CopyOption.Flag;
import io.redward.leader.sql.ast.CopyOption.NumberParameter;
import io.redward.leader.sql.ast.CopyOption.TextParameter;
import java.util.Set;

/// Which of COPY's options go together.
///
/// @param position where the statement stands, for messages
record CopyRules(
    FileFormat format,
    Set<Flag> flags,
    Set<TextParameter> texts,
    Set<NumberParameter> numbers,
    int position) {
  private static final Set<Flag> OF_COLUMNAR =
      Set.of(
          Flag.FILLRECORD,
          Flag.MANIFEST,
          Flag.EXPLICIT_IDS,
          Flag.NOLOAD,
          Flag.ROUNDEC,
          Flag.SERIALIZETOJSON,
          Flag.TRIMBLANKS,
          Flag.TRUNCATECOLUMNS);
  private static final Set<Flag> NOT_OF_JSON =
      Set.of(Flag.ESCAPE, Flag.FILLRECORD, Flag.IGNOREBLANKLINES, Flag.REMOVEQUOTES);

  /// Refuses what belongs to UNLOAD, and what is not there yet.
  static void requireKnown(CopyOption option) {
    switch (option) {
      case CopyOption.FlagOption o -> {
        switch (o.flag()) {
          case ADDQUOTES, ALLOWOVERWRITE, CLEANPATH, ENCRYPTED_AUTO, HEADER, MANIFEST_VERBOSE ->
              throw ofUnload(o.flag().name().replace('_', ' '), o.position());
          default -> {}
        }
      }
      case CopyOption.TextOption o -> {
        switch (o.parameter()) {
          case EXTENSION, KMS_KEY_ID -> throw ofUnload(o.parameter().name(), o.position());
          default -> {}
        }
      }
      case CopyOption.NumberOption o -> {
        switch (o.parameter()) {
          case READRATIO -> throw unsupported("READRATIO", o.position());
          case MAXFILESIZE, ROWGROUPSIZE -> throw ofUnload(o.parameter().name(), o.position());
          default -> {}
        }
      }
      case CopyOption.SwitchOption o -> {
        if (o.parameter() == CopyOption.Switch.PARALLEL) {
          throw ofUnload("PARALLEL", o.position());
        }
      }
      case CopyOption.PartitionOption o -> throw ofUnload("PARTITION BY", o.position());
      case CopyOption.TemplateOption o -> throw unsupported("TEMPLATE", o.position());
      case CopyOption.SimplifyOption _,
          CopyOption.FormatOption _,
          CopyOption.CompressionOption _,
          CopyOption.IamRoleOption _,
          CopyOption.CredentialOption _ -> {}
    }
  }

  static SqlException unsupported(String what, int position) {
    return new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED, "COPY option " + what + " is not supported")
        .withPosition(position);
  }

  private static SqlException ofUnload(String what, int position) {
    return new SqlException(SqlState.SYNTAX_ERROR, what + " is an option of UNLOAD, not of COPY")
        .withPosition(position);
  }

  void check() {
    switch (format) {
      case DELIMITED -> {}
      case CSV -> {
        refuse(Flag.ESCAPE);
        refuse(Flag.REMOVEQUOTES);
      }
      case FIXEDWIDTH -> {
        refuse(Flag.ESCAPE);
        refuse(Flag.REMOVEQUOTES);
        refuse(TextParameter.DELIMITER);
      }
      case JSON -> {
        NOT_OF_JSON.forEach(this::refuse);
        refuse(TextParameter.DELIMITER);
        refuse(TextParameter.NULL_AS);
      }
      case AVRO -> {
        NOT_OF_JSON.forEach(this::refuse);
        refuse(TextParameter.DELIMITER);
        refuse(TextParameter.NULL_AS);
        refuse(TextParameter.ENCODING);
        if (numbers.contains(NumberParameter.IGNOREHEADER)) {
          throw conflict(NumberParameter.IGNOREHEADER.name());
        }
      }
      case PARQUET, ORC, SHAPEFILE -> columnar();
    }
    if (format != FileFormat.CSV) {
      refuse(TextParameter.QUOTE);
    }
  }

  private void columnar() {
    boolean byRow = format == FileFormat.SHAPEFILE;
    for (Flag flag : flags) {
      if (!OF_COLUMNAR.contains(flag) && !(byRow && flag == Flag.IGNOREALLERRORS)) {
        throw notSupported(flag.name());
      }
    }
    for (TextParameter text : texts) {
      if (text != TextParameter.ACCEPTINVCHARS && text != TextParameter.REGION) {
        throw notSupported(text.name().replace('_', ' '));
      }
    }
    for (NumberParameter number : numbers) {
      if (number != NumberParameter.COMPROWS && !(byRow && number == NumberParameter.MAXERROR)) {
        throw notSupported(number.name());
      }
    }
  }

  private SqlException notSupported(String argument) {
    return new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            argument + " argument is not supported for " + format + " based COPY")
        .withPosition(position);
  }

  private void refuse(Flag flag) {
    if (flags.contains(flag)) {
      throw conflict(flag.name());
    }
  }

  private void refuse(TextParameter text) {
    if (texts.contains(text)) {
      throw conflict(text.name().replace('_', ' '));
    }
  }

  private SqlException conflict(String option) {
    return new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, format + " is not compatible with " + option)
        .withPosition(position);
  }
}
