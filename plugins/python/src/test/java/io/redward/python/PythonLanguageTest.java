package io.redward.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.functions.user.BodyException;
import io.redward.functions.user.FunctionLanguages;
import io.redward.functions.user.FunctionSource;
import io.redward.functions.user.UserCode;
import io.redward.functions.user.UserFunction;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLanguageTest {
  private static UserCode load(String body, SqlType argument, SqlType returns) {
    FunctionSource source =
        new FunctionSource(
            "f", List.of(new FunctionSource.Parameter("a", argument)), returns, false, body);
    UserFunction function =
        new UserFunction(
            "f",
            "plpythonu",
            List.of(argument),
            returns,
            false,
            true,
            new UserFunction.Limits(800, 4 << 20),
            FunctionLanguages.find("plpythonu").orElseThrow().compile(source));
    UserCode code = FunctionLanguages.load(function);
    code.bind(function, new CancelToken());
    return code;
  }

  private static UserCode run(String body) {
    UserCode code = load(body, SqlType.INTEGER, SqlType.INTEGER);
    code.setInt(0, 20);
    code.run();
    return code;
  }

  @Test
  void functions_compute() {
    assertThat(run("\n  if a > 10:\n    return a * 2\n  return None\n").number).isEqualTo(40);
    assertThat(run("return None").isNull).isTrue();
    UserCode text = load("return a.upper() + '!'", SqlType.varchar(10), SqlType.varchar(10));
    text.setBytes(0, "xZoëx".getBytes(StandardCharsets.UTF_8), 1, 4);
    text.run();
    assertThat(new String(text.page, 0, text.length, StandardCharsets.UTF_8)).isEqualTo("ZOË!");
    UserCode money = load("return a / 3", SqlType.decimal(10, 2), SqlType.decimal(10, 3));
    money.setLong(0, 1000);
    money.run();
    assertThat(money.low).isEqualTo(3333);
    UserCode day =
        load("import datetime\nreturn a + datetime.timedelta(1)", SqlType.DATE, SqlType.DATE);
    day.setInt(0, 19);
    day.run();
    assertThat(day.number).isEqualTo(20);
  }

  @Test
  void errors_tell_what_and_where() {
    assertThatThrownBy(() -> run("b = 0\nreturn a / b"))
        .hasMessageContaining("division by zero")
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.EXTERNAL_ROUTINE_EXCEPTION));
    assertThatThrownBy(() -> run("b = 0\nreturn a / b"))
        .hasMessageEndingWith("ZeroDivisionError: division by zero (line 2)");
    assertThatThrownBy(() -> run("def g(x):\n  return x + 'a'\n\nreturn g(a)"))
        .hasMessageContaining("TypeError")
        .hasMessageEndingWith("(line 2)");
    assertThatThrownBy(() -> run("b = 1\nreturn ("))
        .isInstanceOf(BodyException.class)
        .hasMessage("SyntaxError: '(' was never closed (line 2)");
  }

  @Test
  void the_next_call_works_after_one_that_left_or_was_ended() {
    UserCode code =
        load(
            "import sys\nif a == 1:\n  sys.exit(3)\nwhile a == 2:\n  pass\nreturn a",
            SqlType.INTEGER,
            SqlType.INTEGER);
    for (int i = 1; i <= 2; i++) {
      code.setInt(0, i);
      assertThatThrownBy(code::run).isInstanceOf(SqlException.class);
    }
    code.setInt(0, 3);
    code.run();
    assertThat(code.number).isEqualTo(3);
  }

  @Test
  void what_is_printed_goes_nowhere() {
    PrintStream before = System.out;
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    System.setOut(new PrintStream(seen, true, StandardCharsets.UTF_8));
    try {
      assertThat(run("print('to the log of the server')\nreturn a").number).isEqualTo(20);
    } finally {
      System.setOut(before);
    }
    assertThat(seen.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while True:\n  pass",
        "while True:\n  try:\n    while True:\n      pass\n  except BaseException:\n    pass",
        "x = []\nwhile True:\n  x.append('x' * 100000)",
        "return len(bytearray(300000000))",
        "return len([0] * 50000000)",
        "return len('x' * 300000000 + 'y')",
        "x = 3\nwhile True:\n  x = x * x"
      })
  void what_takes_too_much_ends(String body) {
    assertThatThrownBy(() -> run(body))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.PROGRAM_LIMIT_EXCEEDED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return len(open('/etc/passwd').read())",
        "import os\nreturn os.system('true')",
        "import java\nreturn java.type('java.lang.System').exit(1)",
        "import socket\nsocket.create_connection(('localhost', 80))\nreturn 1",
        "import os\nreturn len(os.listdir('/etc'))",
        "import os\nreturn len(os.environ['PATH'])",
        "import os\nos.kill(os.getpid(), 9)\nreturn 1",
        "import os\nreturn os.fork()",
        "import ctypes\nreturn ctypes.CDLL(None).getpid()",
        "import urllib.request\nreturn urllib.request.urlopen('http://127.0.0.1/').status",
        "import multiprocessing\np = multiprocessing.Process()\np.start()\nreturn 1",
        "import signal\nsignal.alarm(1)\nreturn 1",
        "import signal\nsignal.signal(signal.SIGTERM, lambda *x: None)\nreturn 1",
        "import sys\nfor m in 'signal', '_signal':\n  sys.modules.pop(m, None)\n"
            + "import signal\nsignal.raise_signal(15)\nreturn 1",
        "import importlib, _signal\nimportlib.reload(_signal).raise_signal(15)\nreturn 1",
        "import _signal, _imp, importlib.util\ns = importlib.util.find_spec('_signal')\n"
            + "m = _imp.create_builtin(s)\n_imp.exec_builtin(m)\nm.setitimer(0, 1)\nreturn 1",
        "import os\nos._exit(0)",
        "import faulthandler\nfaulthandler.dump_traceback_later(1)\nreturn 1",
        "open('/tmp/x', 'w').write('x')\nreturn 1",
        "import subprocess\nreturn subprocess.call(['true'])",
        "import threading\nt = threading.Thread(target=lambda: 1)\nt.start()\nreturn 1",
        "import polyglot\npolyglot.eval(language='js', string='1')\nreturn 1"
      })
  void what_reaches_out_fails(String body) {
    assertThatThrownBy(() -> run(body)).isInstanceOf(SqlException.class);
  }
}
