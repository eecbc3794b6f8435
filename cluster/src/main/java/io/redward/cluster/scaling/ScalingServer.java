package io.redward.cluster.scaling;

import io.redward.cluster.node.FailureText;
import io.redward.cluster.node.NodeAccess;
import io.redward.cluster.node.NodeSnapshots;
import io.redward.cluster.wire.BatchCodec;
import io.redward.cluster.wire.FragmentReport;
import io.redward.cluster.wire.PlanCodec;
import io.redward.cluster.wire.PlanMemory;
import io.redward.cluster.wire.QuerySpec;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.PlanRunner;
import io.redward.plan.step.PhysicalPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process's side of a scaling cluster: runs queries that a leader sends, one a connection, and
/// sends their rows back. Thread-safe.
public final class ScalingServer implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ScalingServer.class);
  private static final int CONNECTIONS = 256;
  private static final int FIRST_WORD_MILLIS = 10_000;
  static final long PULSE_MILLIS = 1_000;

  private final ServerSocket listening;
  private final String secret;
  private final PlanRunner runner;
  private final NodeSnapshots snapshots;
  private final PlanMemory plans = new PlanMemory();
  private final Semaphore room = new Semaphore(CONNECTIONS);
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("scaling-", 1).factory());
  private final ScheduledExecutorService pulses =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("scaling-pulse").factory());

  private ScalingServer(
      ServerSocket listening, String secret, PlanRunner runner, NodeSnapshots snapshots) {
    this.listening = listening;
    this.secret = secret;
    this.runner = runner;
    this.snapshots = snapshots;
  }

  /// @param secret what the leader knows, too
  /// @param runner runs the plans
  public static ScalingServer listen(
      InetSocketAddress address, String secret, PlanRunner runner, NodeSnapshots snapshots)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(address);
    ScalingServer server = new ScalingServer(socket, secret, runner, snapshots);
    server.threads.execute(server::accept);
    return server;
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        if (!room.tryAcquire()) {
          socket.close();
          continue;
        }
        connections.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          LOGGER.warn("a connection was not accepted: {}", e.toString());
        }
      }
    }
  }

  private void serve(Socket socket) {
    try {
      socket.setSoTimeout(FIRST_WORD_MILLIS);
      try (SealedChannel channel = SealedChannel.answer(socket, secret)) {
        byte[] message = channel.receive();
        socket.setSoTimeout(0);
        run(channel, message);
      }
    } catch (IOException e) {
      LOGGER.info("a connection of {} ended: {}", socket.getRemoteSocketAddress(), e.getMessage());
    } finally {
      connections.remove(socket);
      room.release();
    }
  }

  private void run(SealedChannel channel, byte[] message) throws IOException {
    CancelToken cancel = new CancelToken();
    threads.execute(
        () -> {
          try {
            byte[] unexpected = channel.receive();
            LOGGER.debug("{} bytes after the query", unexpected.length);
          } catch (IOException _) {
            // The leader has gone, or has got what it wanted.
          }
          cancel.cancel(new SqlException(SqlState.QUERY_CANCELED, "the leader has hung up"));
        });
    ScheduledFuture<?> pulse =
        pulses.scheduleWithFixedDelay(
            () -> threads.execute(() -> pulse(channel)),
            PULSE_MILLIS,
            PULSE_MILLIS,
            TimeUnit.MILLISECONDS);
    try {
      channel.send(Message.DONE, done(execute(channel, message, cancel)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException | Error e) {
      channel.send(Message.FAILED, FailureText.of(e).getBytes(StandardCharsets.UTF_8));
    } finally {
      pulse.cancel(false);
    }
  }

  private static void pulse(SealedChannel channel) {
    try {
      channel.sendIfFree(Message.PULSE);
    } catch (IOException _) {
      channel.close();
    }
  }

  private ExecutionResult execute(SealedChannel channel, byte[] message, CancelToken cancel) {
    byte[] vocabulary = PlanCodec.digest();
    int begin = 1 + vocabulary.length;
    if (message.length < begin
        || message[0] != Message.QUERY
        || !Arrays.equals(message, 1, begin, vocabulary, 0, vocabulary.length)) {
      throw new SqlException(
          SqlState.INTERNAL_ERROR, "the scaling cluster is not of the leader's version");
    }
    byte[] description = Arrays.copyOfRange(message, begin, message.length);
    QuerySpec query = QuerySpec.read(description, new NoNodes(plans));
    PhysicalPlan plan = query.fragments().getFirst().plan();
    int columns = plan.output().size();
    return runner.run(
        plan,
        query.parameters(),
        NodeAccess.of(snapshots.at(query.version(), query.tables()), query),
        cancel,
        batch -> send(channel, batch, columns));
  }

  private static void send(SealedChannel channel, Batch batch, int columns) {
    try {
      channel.send(Message.ROWS, BatchCodec.encode(batch, columns));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] done(ExecutionResult result) {
    byte[] report = new FragmentReport(0, 0, List.of(), result.profiles()).write();
    return ByteBuffer.allocate(Long.BYTES + report.length)
        .putLong(result.rows())
        .put(report)
        .array();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      LOGGER.debug("the port is closed already", e);
    }
    for (Socket socket : connections) {
      try {
        socket.close();
      } catch (IOException e) {
        LOGGER.debug("a connection is closed already", e);
      }
    }
    pulses.shutdownNow();
    threads.shutdownNow();
  }

  /// Knows of no nodes: the whole query runs here.
  private record NoNodes(PlanMemory memory) implements QuerySpec.Known {
    @Override
    public List<QuerySpec.Node> nodes(long digest) {
      return List.of();
    }

    @Override
    public List<PhysicalPlan> plans(byte[] bytes) {
      return memory.read(bytes);
    }
  }
}
