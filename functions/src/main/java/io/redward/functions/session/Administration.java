package io.redward.functions.session;

import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;

import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.OpenSessions;
import io.redward.functions.signature.PriorityTarget;
import io.redward.functions.signature.ResultRule;
import io.redward.functions.signature.Volatility;
import io.redward.functions.text.Numbers;
import io.redward.plan.expression.Constant;
import java.util.List;
import java.util.Locale;

/// Priorities and IAM roles.
public final class Administration {
  private static final ResultRule TEXT = ResultRule.longText();

  private Administration() {}

  static List<FunctionDefinition> definitions() {
    Family family = new Family("session", Administration.class);
    family
        .function("change_query_priority")
        .takes(INTEGER, STRING)
        .gives(TEXT)
        .withSession()
        .is(Volatility.VOLATILE)
        .by("queryPriority")
        .says("Gives a running query a priority and says what it was before.")
        .example("change_query_priority(1076, 'high')", FunctionDefinition.VARIES);
    family
        .function("change_session_priority")
        .takes(INTEGER, STRING)
        .gives(TEXT)
        .withSession()
        .is(Volatility.VOLATILE)
        .by("sessionPriority")
        .says("Gives the queries of a session a priority; -1 is the session that asks.")
        .example("change_session_priority(-1, 'high')", FunctionDefinition.VARIES);
    family
        .function("change_user_priority")
        .takes(STRING, STRING)
        .gives(TEXT)
        .withSession()
        .is(Volatility.VOLATILE)
        .by("userPriority")
        .says("Gives the queries of a user a priority; `reset` takes it back.")
        .example("change_user_priority('analyst', 'low')", FunctionDefinition.VARIES);
    family
        .function("has_assumerole_privilege")
        .takes(STRING, STRING, STRING)
        .gives(SqlType.BOOLEAN)
        .withSession()
        .by("mayAssume")
        .says("True if a user may have a command assume an IAM role.")
        .example("has_assumerole_privilege('admin', 'default', 'copy')", "t");
    family
        .function("has_assumerole_privilege")
        .takes(STRING, STRING)
        .gives(SqlType.BOOLEAN)
        .withSession()
        .by("mayAssume")
        .says("True if the current user may have a command assume an IAM role.")
        .example("has_assumerole_privilege('default', 'copy')", "t");
    family
        .function("default_iam_role")
        .of(SqlType.varchar(256), _ -> Constant.NULL)
        .says("The IAM role that `default` stands for in COPY and UNLOAD; NULL, as there is none.");
    return family.definitions();
  }

  private static void change(
      PriorityTarget kind, String target, String priority, long session, ValueOut out) {
    out.isNull = false;
    CatalogLookups.text(OpenSessions.get(session).changePriority(kind, target, priority), out);
  }

  public static void queryPriority(
      int query, byte[] p, int po, int pl, long session, ValueOut out) {
    String text = Numbers.text(p, po, pl);
    change(PriorityTarget.QUERY, Integer.toString(query), text, session, out);
  }

  public static void sessionPriority(
      int process, byte[] p, int po, int pl, long session, ValueOut out) {
    String text = Numbers.text(p, po, pl);
    change(PriorityTarget.SESSION, Integer.toString(process), text, session, out);
  }

  public static void userPriority(
      byte[] u, int uo, int ul, byte[] p, int po, int pl, long session, ValueOut out) {
    change(PriorityTarget.USER, Numbers.text(u, uo, ul), Numbers.text(p, po, pl), session, out);
  }

  public static int mayAssume(
      byte[] u, int uo, int ul, byte[] r, int ro, int rl, byte[] c, int co, int cl, long session) {
    return mayAssume(
        Numbers.text(u, uo, ul), Numbers.text(r, ro, rl), Numbers.text(c, co, cl), session);
  }

  public static int mayAssume(byte[] r, int ro, int rl, byte[] c, int co, int cl, long session) {
    return mayAssume("", Numbers.text(r, ro, rl), Numbers.text(c, co, cl), session);
  }

  private static int mayAssume(String user, String role, String command, long session) {
    String word = command.strip().toUpperCase(Locale.ROOT);
    return OpenSessions.get(session).mayAssumeRole(user, role.strip(), word) ? 1 : 0;
  }
}
