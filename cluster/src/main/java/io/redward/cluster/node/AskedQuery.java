package io.redward.cluster.node;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.IExecutorService;
import io.redward.cluster.cut.Exchange;
import io.redward.cluster.cut.Fragment;
import io.redward.cluster.cut.Place;
import io.redward.cluster.cut.SpreadPlan;
import io.redward.cluster.wire.FragmentReport;
import io.redward.cluster.wire.QuerySpec;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.plan.run.ExecutionResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A short query whose nodes have something to tell the leader only: each is asked and gives its
/// answer in one message, for less than what a job costs. The leader's fragments run when all have
/// answered.
///
/// @param description of the query, sealed
record AskedQuery(
    io.redward.cluster.node.Member member, LeaderRun led, byte[] description, CancelToken cancel) {
  static final String EXECUTOR = "short";

  private static final long LOOK_MILLIS = 20;
  private static final long PAUSE_NANOS = 1_000_000;

  /// True if nodes wait for nobody and the leader for nodes only.
  static boolean fits(SpreadPlan plan) {
    for (Exchange exchange : plan.exchanges()) {
      if (exchange.kind() != Exchange.Kind.GATHER
          || plan.fragments().get(exchange.from()).place() != Place.NODES
          || plan.fragments().get(exchange.to()).place() != Place.LEADER) {
        return false;
      }
    }
    return true;
  }

  /// Empty if an answer is too large, upon which nothing has been returned.
  ///
  /// @throws SqlException the query's error
  Optional<ExecutionResult> run() throws ExecutionException {
    Map<Integer, List<byte[]>> frames = new HashMap<>();
    for (byte[] bytes : answers()) {
      Answer answer = Answer.read(member.seal().open(bytes, led.query().id(), Seal.ANSWER));
      if (!answer.failure().isEmpty()) {
        throw new ExecutionException(new IllegalStateException(answer.failure()));
      }
      if (answer.tooLarge()) {
        return Optional.empty();
      }
      for (Answer.Sent sent : answer.frames()) {
        frames.computeIfAbsent(sent.exchange(), _ -> new ArrayList<>()).add(sent.frame());
      }
      answer.reports().forEach(report -> led.report(FragmentReport.read(report)));
    }
    for (Fragment fragment : led.query().fragments()) {
      if (fragment.place() == Place.LEADER) {
        feed(member.runLed(led, fragment.id()), frames);
      }
    }
    return Optional.of(await(led.result()));
  }

  private List<byte[]> answers() throws ExecutionException {
    IExecutorService executor = member.instance().getExecutorService(EXECUTOR);
    Map<String, Member> members = new HashMap<>();
    for (Member each : member.instance().getCluster().getMembers()) {
      members.put(FragmentMetaSupplier.text(each.getAddress()), each);
    }
    List<Future<byte[]>> asked = new ArrayList<>();
    boolean answered = false;
    try {
      for (QuerySpec.Node node : led.query().nodes()) {
        Member target = members.get(node.address());
        if (target == null) {
          throw new IllegalStateException("member " + node.address() + " is gone");
        }
        asked.add(executor.submitToMember(new Question(led.query().id(), description), target));
      }
      List<byte[]> answers = new ArrayList<>();
      for (Future<byte[]> each : asked) {
        answers.add(await(each));
      }
      answered = true;
      return answers;
    } finally {
      if (!answered) {
        asked.forEach(each -> each.cancel(true));
      }
    }
  }

  private <T> T await(Future<T> future) throws ExecutionException {
    while (true) {
      try {
        return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        cancel.check();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SqlException(SqlState.QUERY_CANCELED, "interrupted", e);
      }
    }
  }

  private void feed(FragmentRun run, Map<Integer, List<byte[]>> frames) {
    for (Exchange exchange : led.query().exchanges()) {
      if (exchange.to() != run.fragment().id()) {
        continue;
      }
      for (byte[] frame : frames.getOrDefault(exchange.id(), List.of())) {
        while (!run.done() && !run.queue(exchange.id()).offer(frame)) {
          cancel.check();
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
      run.queue(exchange.id()).finish();
    }
  }
}
