package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.CopyOption.Compression;
import io.redward.leader.sql.ast.CopyOption.CompressionOption;
import io.redward.leader.sql.ast.CopyOption.Credential;
import io.redward.leader.sql.ast.CopyOption.CredentialOption;
import io.redward.leader.sql.ast.CopyOption.FileFormat;
import io.redward.leader.sql.ast.CopyOption.Flag;
import io.redward.leader.sql.ast.CopyOption.FlagOption;
import io.redward.leader.sql.ast.CopyOption.FormatOption;
import io.redward.leader.sql.ast.CopyOption.IamRoleOption;
import io.redward.leader.sql.ast.CopyOption.NumberOption;
import io.redward.leader.sql.ast.CopyOption.NumberParameter;
import io.redward.leader.sql.ast.CopyOption.PartitionOption;
import io.redward.leader.sql.ast.CopyOption.SimplifyOption;
import io.redward.leader.sql.ast.CopyOption.Switch;
import io.redward.leader.sql.ast.CopyOption.SwitchOption;
import io.redward.leader.sql.ast.CopyOption.SwitchValue;
import io.redward.leader.sql.ast.CopyOption.TemplateOption;
import io.redward.leader.sql.ast.CopyOption.TextOption;
import io.redward.leader.sql.ast.CopyOption.TextParameter;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.DataStatement.CopyJob;
import io.redward.leader.sql.ast.DataStatement.CopyJobAction;
import io.redward.leader.sql.ast.DataStatement.CopyJobStatement;
import io.redward.leader.sql.ast.DataStatement.CopyOutStatement;
import io.redward.leader.sql.ast.DataStatement.CopyStatement;
import io.redward.leader.sql.ast.DataStatement.UnloadStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// COPY, COPY JOB and UNLOAD. Which options go together is for the loader to say.
final class CopyParser {
  private static final long MEGABYTE = 1024 * 1024;

  private final TokenCursor cursor;
  private final NameParser names;
  private final QueryParser queries;

  CopyParser(Grammar grammar) {
    this.cursor = grammar.cursor;
    this.names = grammar.names;
    this.queries = grammar.queries;
  }

  DataStatement statement() {
    Token first = cursor.next();
    if (first.text().equals("unload")) {
      return unload(first.position());
    }
    return cursor.atWord("job") && jobAction(cursor.peek(1))
        ? job(first.position())
        : copy(first.position());
  }

  private static boolean jobAction(Token token) {
    return token.is(TokenKind.WORD)
        && switch (token.text()) {
          case "run", "drop", "show", "list", "alter" -> true;
          default -> false;
        };
  }

  private DataStatement copy(int position) {
    if (cursor.accept(TokenKind.LEFT_PAREN)) {
      Query query = queries.query();
      cursor.expect(TokenKind.RIGHT_PAREN);
      cursor.expectWord("to");
      return copyOut(query, position);
    }
    QualifiedName table = names.qualifiedName();
    List<Identifier> columns = names.optionalParenthesised(names::name);
    if (cursor.acceptWord("to")) {
      return copyOut(PostgresCopyOptions.rowsOf(table, columns, position), position);
    }
    cursor.expectWord("from");
    if (cursor.acceptWord("stdin")) {
      List<CopyOption> options = new PostgresCopyOptions(cursor, names).options();
      return new CopyStatement(table, columns, "", options, Optional.empty(), position);
    }
    String source = names.string();
    List<CopyOption> options = new ArrayList<>();
    Optional<CopyJob> job = Optional.empty();
    while (!atEnd()) {
      if (cursor.acceptWords("job", "create")) {
        Identifier name = names.name();
        job = Optional.of(new CopyJob(name, !cursor.acceptWord("auto") || names.onOrOff()));
      } else {
        options.add(option());
      }
    }
    return new CopyStatement(table, columns, source, options, job, position);
  }

  private DataStatement copyOut(Query query, int position) {
    cursor.expectWord("stdout");
    return new CopyOutStatement(query, new PostgresCopyOptions(cursor, names).options(), position);
  }

  private DataStatement job(int position) {
    cursor.next();
    CopyJobAction action =
        switch (cursor.next().text()) {
          case "run" -> CopyJobAction.RUN;
          case "drop" -> CopyJobAction.DROP;
          case "show" -> CopyJobAction.SHOW;
          case "list" -> CopyJobAction.LIST;
          default -> CopyJobAction.ALTER;
        };
    Optional<Identifier> name =
        action == CopyJobAction.LIST ? Optional.empty() : Optional.of(names.name());
    Optional<Boolean> auto =
        cursor.acceptWord("auto") ? Optional.of(names.onOrOff()) : Optional.empty();
    return new CopyJobStatement(action, name, auto, position);
  }

  private DataStatement unload(int position) {
    cursor.expect(TokenKind.LEFT_PAREN);
    String query = names.string();
    cursor.expect(TokenKind.RIGHT_PAREN);
    cursor.expectWord("to");
    String target = names.string();
    List<CopyOption> options = new ArrayList<>();
    while (!atEnd()) {
      options.add(option());
    }
    return new UnloadStatement(query, target, options, position);
  }

  private boolean atEnd() {
    return cursor.at(TokenKind.END) || cursor.at(TokenKind.SEMICOLON);
  }

  // -- options

  private CopyOption option() {
    cursor.acceptWord("with");
    Token word = cursor.peek();
    if (!word.is(TokenKind.WORD)) {
      throw cursor.syntaxError();
    }
    int position = word.position();
    @Nullable FileFormat format = format(word.text());
    if (format != null) {
      cursor.next();
      return formatOption(format, position);
    }
    return switch (word.text()) {
      case "format" -> {
        cursor.next();
        cursor.acceptWord("as");
        FileFormat named = format(cursor.peek().text());
        if (named == null) {
          cursor.atAnyWord("csv", "json", "parquet", "avro", "orc", "fixedwidth", "shapefile");
          throw cursor.syntaxError();
        }
        cursor.next();
        yield formatOption(named, position);
      }
      case "gzip", "bzip2", "lzop", "zstd" -> {
        cursor.next();
        yield new CompressionOption(
            Compression.valueOf(word.text().toUpperCase(Locale.ROOT)), position);
      }
      case "compupdate", "statupdate", "parallel" -> switchOption();
      case "iam_role" -> iamRole();
      case "access_key_id" -> credential(Credential.ACCESS_KEY_ID);
      case "secret_access_key" -> credential(Credential.SECRET_ACCESS_KEY);
      case "session_token", "token" -> credential(Credential.SESSION_TOKEN);
      case "master_symmetric_key" -> credential(Credential.MASTER_SYMMETRIC_KEY);
      case "credentials" -> credential(Credential.CREDENTIALS);
      case "partition" -> partition();
      case "using" -> {
        cursor.next();
        cursor.expectWord("template");
        yield new TemplateOption(names.qualifiedName(), position);
      }
      case "simplify" -> simplify();
      default -> textOrNumberOrFlag(word);
    };
  }

  private static @Nullable FileFormat format(String word) {
    return switch (word) {
      case "csv" -> FileFormat.CSV;
      case "fixedwidth" -> FileFormat.FIXEDWIDTH;
      case "json" -> FileFormat.JSON;
      case "avro" -> FileFormat.AVRO;
      case "parquet" -> FileFormat.PARQUET;
      case "orc" -> FileFormat.ORC;
      case "shapefile" -> FileFormat.SHAPEFILE;
      case "delimited" -> FileFormat.DELIMITED;
      default -> null;
    };
  }

  private CopyOption formatOption(FileFormat format, int position) {
    Optional<String> argument = Optional.empty();
    boolean takes =
        format == FileFormat.JSON || format == FileFormat.AVRO || format == FileFormat.FIXEDWIDTH;
    if (takes) {
      boolean as = cursor.acceptWord("as");
      if (as || cursor.at(TokenKind.STRING) || format == FileFormat.FIXEDWIDTH) {
        argument = Optional.of(names.string());
      }
    }
    return new FormatOption(format, argument, position);
  }

  private CopyOption switchOption() {
    Token word = cursor.next();
    Switch parameter =
        switch (word.text()) {
          case "compupdate" -> Switch.COMPUPDATE;
          case "statupdate" -> Switch.STATUPDATE;
          default -> Switch.PARALLEL;
        };
    SwitchValue value = SwitchValue.ON;
    if (parameter == Switch.COMPUPDATE && cursor.acceptWord("preset")) {
      value = SwitchValue.PRESET;
    } else if (cursor.atAnyWord("on", "off", "true", "false")) {
      value = names.onOrOff() ? SwitchValue.ON : SwitchValue.OFF;
    }
    return new SwitchOption(parameter, value, word.position());
  }

  private CopyOption iamRole() {
    int position = cursor.next().position();
    cursor.acceptWord("as");
    return cursor.acceptWord("default")
        ? new IamRoleOption(Optional.empty(), position)
        : new IamRoleOption(Optional.of(names.string()), position);
  }

  private CopyOption credential(Credential kind) {
    int position = cursor.next().position();
    cursor.acceptWord("as");
    return new CredentialOption(kind, names.string(), position);
  }

  private CopyOption partition() {
    int position = cursor.next().position();
    cursor.expectWord("by");
    List<Identifier> columns = names.parenthesised(names::name);
    return new PartitionOption(columns, cursor.acceptWord("include"), position);
  }

  private CopyOption simplify() {
    int position = cursor.next().position();
    boolean auto = cursor.acceptWord("auto");
    Optional<String> tolerance =
        cursor.at(TokenKind.NUMBER) ? Optional.of(cursor.next().text()) : Optional.empty();
    return new SimplifyOption(auto, tolerance, position);
  }

  private CopyOption textOrNumberOrFlag(Token word) {
    for (TextParameter parameter : TextParameter.values()) {
      String spelling = parameter == TextParameter.NULL_AS ? "null" : lower(parameter);
      if (cursor.acceptWord(spelling)) {
        return textOption(parameter, word.position());
      }
    }
    for (NumberParameter parameter : NumberParameter.values()) {
      if (cursor.acceptWord(lower(parameter))) {
        cursor.acceptWord("as");
        return new NumberOption(parameter, number(parameter), word.position());
      }
    }
    for (Flag flag : Flag.values()) {
      if (cursor.acceptWord(lower(flag))) {
        return new FlagOption(extended(flag), word.position());
      }
    }
    cursor.atAnyWord("csv", "json", "gzip", "bzip2", "iam_role", "credentials", "compupdate");
    throw cursor.syntaxError();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private Flag extended(Flag flag) {
    if (flag == Flag.MANIFEST && cursor.acceptWord("verbose")) {
      return Flag.MANIFEST_VERBOSE;
    }
    return flag == Flag.ENCRYPTED && cursor.acceptWord("auto") ? Flag.ENCRYPTED_AUTO : flag;
  }

  private CopyOption textOption(TextParameter parameter, int position) {
    boolean as = cursor.acceptWord("as");
    if (parameter == TextParameter.ACCEPTINVCHARS && !as && !cursor.at(TokenKind.STRING)) {
      return new TextOption(parameter, "?", position);
    }
    boolean word =
        parameter == TextParameter.ENCODING
            || parameter == TextParameter.DATEFORMAT
            || parameter == TextParameter.TIMEFORMAT
            || parameter == TextParameter.EXTENSION;
    String value = word && cursor.at(TokenKind.WORD) ? names.label().name() : names.string();
    return new TextOption(parameter, value, position);
  }

  private long number(NumberParameter parameter) {
    Token token = cursor.at(TokenKind.STRING) ? cursor.next() : cursor.expect(TokenKind.NUMBER);
    boolean size =
        parameter == NumberParameter.MAXFILESIZE || parameter == NumberParameter.ROWGROUPSIZE;
    long unit = 1;
    if (size) {
      unit = MEGABYTE;
      if (cursor.acceptWord("gb")) {
        unit = 1024 * MEGABYTE;
      } else {
        cursor.acceptWord("mb");
      }
    }
    try {
      BigDecimal value = new BigDecimal(token.text().strip());
      return size ? value.multiply(BigDecimal.valueOf(unit)).longValue() : value.longValueExact();
    } catch (ArithmeticException | NumberFormatException _) {
      throw cursor.syntaxErrorAtLast();
    }
  }
}
