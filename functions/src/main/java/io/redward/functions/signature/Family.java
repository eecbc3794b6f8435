package io.redward.functions.signature;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.FunctionDefinition.Documentation;
import io.redward.functions.signature.FunctionDefinition.Example;
import io.redward.functions.signature.FunctionDefinition.ExtraRule;
import io.redward.functions.signature.FunctionDefinition.Traits;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Collects the definitions of one family, so that its catalogue reads as a table:
/// `function("lpad").takes(STRING, INTEGER).gives(…).by("lpad").says("…").example("…", "…")`.
/// `says` opens the documentation of the entry before it and is where an entry ends.
public final class Family {
  /// The session's time zone, for functions that turn local times into instants or back.
  public static final StableFunction ZONE =
      new StableFunction(
          "session_timezone()", SqlType.varchar(64), session -> Constant.of(session.zone()));

  /// The number of the session's [SessionFunctions].
  public static final StableFunction HANDLE =
      new StableFunction(
          "session_handle()", SqlType.BIGINT, session -> new Constant.LongValue(session.handle()));

  private final String name;
  private final Class<?> owner;
  private final List<Entry> entries = new ArrayList<>();

  /// @param name the manual page
  /// @param owner the class of the implementations, unless an entry names another
  public Family(String name, Class<?> owner) {
    this.name = name;
    this.owner = owner;
  }

  /// Begins an entry; `names` are the function's name and its aliases.
  public Entry function(String... names) {
    Entry entry = new Entry(List.of(names));
    entries.add(entry);
    return entry;
  }

  public List<FunctionDefinition> definitions() {
    List<FunctionDefinition> definitions = new ArrayList<>();
    for (Entry entry : entries) {
      definitions.add(entry.definition());
    }
    return definitions;
  }

  /// One function while it is being described.
  public final class Entry {
    private final List<String> names;
    private final List<ExtraRule> extras = new ArrayList<>();
    private final List<Physical> extraForms = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private List<ParameterType> parameters = List.of();
    private ResultRule result = ResultRule.always(SqlType.VOID);
    private Physical form = Physical.BYTES;
    private Class<?> implementer = owner;
    private String method = "";
    private boolean mayAnswerNull;
    private Optional<StableFunction> stable = Optional.empty();
    private Volatility volatility = Volatility.IMMUTABLE;
    private Placement placement = Placement.ANYWHERE;
    private String summary = "";

    private Entry(List<String> names) {
      this.names = names;
    }

    public Entry takes(ParameterType... parameters) {
      this.parameters = List.of(parameters);
      return this;
    }

    public Entry gives(SqlType type) {
      return gives(type.physical(), ResultRule.always(type));
    }

    /// A string.
    public Entry gives(ResultRule rule) {
      return gives(Physical.BYTES, rule);
    }

    public Entry gives(Physical form, ResultRule rule) {
      this.form = form;
      this.result = rule;
      return this;
    }

    public Entry by(String method) {
      this.method = method;
      return this;
    }

    public Entry by(Class<?> implementer, String method) {
      this.implementer = implementer;
      this.method = method;
      return this;
    }

    /// A session value instead of a computation.
    public Entry of(SqlType type, Function<SessionValues, Constant> rule) {
      this.stable = Optional.of(new StableFunction(names.getFirst() + "()", type, rule));
      this.volatility = Volatility.STABLE;
      return gives(type);
    }

    public Entry nullable() {
      this.mayAnswerNull = true;
      return this;
    }

    public Entry is(Volatility volatility) {
      this.volatility = volatility;
      return this;
    }

    public Entry on(Placement placement) {
      this.placement = placement;
      return this;
    }

    /// Appends the scale of the decimal argument at `index`.
    public Entry withScaleOf(int index) {
      return with(Physical.INT, arguments -> ExtraArgument.of(arguments.get(index).scale()));
    }

    /// Appends the session's time zone; the function becomes STABLE.
    public Entry withZone() {
      this.volatility = Volatility.STABLE;
      return with(Physical.BYTES, _ -> new ExtraArgument.OfSession(ZONE));
    }

    /// Appends the session's handle; the function becomes STABLE and runs on the leader.
    public Entry withSession() {
      this.volatility = Volatility.STABLE;
      this.placement = Placement.LEADER_ONLY;
      return with(Physical.LONG, _ -> new ExtraArgument.OfSession(HANDLE));
    }

    public Entry with(Physical form, ExtraRule extra) {
      this.extraForms.add(form);
      this.extras.add(extra);
      return this;
    }

    public Entry says(String summary) {
      this.summary = summary;
      return this;
    }

    public Entry example(String expression, String answer) {
      this.examples.add(new Example(expression, answer));
      return this;
    }

    private FunctionDefinition definition() {
      List<Physical> forms = new ArrayList<>();
      List<String> types = new ArrayList<>();
      for (ParameterType parameter : parameters) {
        forms.add(parameter.physical());
        types.add(parameter.name().toLowerCase(java.util.Locale.ROOT));
      }
      forms.addAll(extraForms);
      Optional<FunctionImplementation> implementation =
          stable.isPresent()
              ? Optional.empty()
              : Optional.of(
                  new FunctionImplementation(implementer, method, forms, form, mayAnswerNull));
      return new FunctionDefinition(
          names.getFirst() + "(" + String.join(",", types) + ")",
          names,
          parameters,
          result,
          implementation,
          extras,
          stable,
          new Traits(volatility, placement),
          new Documentation(name, summary, examples));
    }
  }
}
