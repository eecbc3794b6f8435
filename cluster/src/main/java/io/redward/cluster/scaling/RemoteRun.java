package io.redward.cluster.scaling;

import io.redward.cluster.node.FailureText;
import io.redward.cluster.node.NodeSnapshots;
import io.redward.cluster.wire.BatchCodec;
import io.redward.cluster.wire.FragmentReport;
import io.redward.cluster.wire.PlanCodec;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.step.Field;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// One query on its way to a scaling cluster, and its rows on their way back. Used by one thread.
final class RemoteRun {
  private static final int CONNECT_MILLIS = 2_000;

  /// Rows that wait for the client; what does not fit waits in the network, then holds back the
  /// cluster.
  private static final int WAITING = 8;

  private static final long LOOK_MILLIS = 20;

  /// So many looks without a sign of life and the cluster is given up: five seconds.
  private static final int LOOKS = 250;

  private static final byte[] ENDED = new byte[0];

  private final ArrayBlockingQueue<byte[]> messages = new ArrayBlockingQueue<>(WAITING);
  private final CancelToken cancel;
  private final BatchConsumer rows;
  private boolean begun;

  RemoteRun(CancelToken cancel, BatchConsumer rows) {
    this.cancel = cancel;
    this.rows = rows;
  }

  /// True if rows have gone to the client, so that the query cannot be run again.
  boolean begun() {
    return begun;
  }

  /// @param query its description
  /// @throws IOException if the cluster is lost
  /// @throws SqlException the statement's error, or the cancel token's
  ExecutionResult run(InetSocketAddress address, String secret, byte[] query, List<Field> output)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      socket.setSoTimeout(CONNECT_MILLIS);
      try (SealedChannel channel = SealedChannel.call(socket, secret)) {
        socket.setSoTimeout(0);
        byte[] vocabulary = PlanCodec.digest();
        byte[] body = Arrays.copyOf(vocabulary, vocabulary.length + query.length);
        System.arraycopy(query, 0, body, vocabulary.length, query.length);
        channel.send(Message.QUERY, body);
        Thread reader = Thread.ofVirtual().start(() -> read(channel));
        try {
          return result(output);
        } finally {
          reader.interrupt();
        }
      }
    }
  }

  private void read(SealedChannel channel) {
    try {
      while (true) {
        messages.put(channel.receive());
      }
    } catch (IOException e) {
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    try {
      messages.put(ENDED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ExecutionResult result(List<Field> output) throws IOException {
    Batch batch = new Batch(output.stream().map(Field::physical).toList());
    int[] columns = IntStream.range(0, output.size()).toArray();
    while (true) {
      byte[] message = next();
      int kind = message.length == 0 ? 0 : message[0];
      byte[] body = message.length == 0 ? ENDED : Arrays.copyOfRange(message, 1, message.length);
      switch (kind) {
        case Message.ROWS -> {
          BatchCodec.decode(body, columns, batch);
          begun = true;
          rows.accept(batch);
        }
        case Message.DONE -> {
          return done(body);
        }
        case Message.FAILED -> {
          SqlException error = failure(new String(body, StandardCharsets.UTF_8));
          if (NodeSnapshots.isBehind(error)) {
            throw new BehindException(error);
          }
          throw error;
        }
        case Message.PULSE -> {}
        default -> throw new IOException("the connection to the cluster was broken");
      }
    }
  }

  private byte[] next() throws IOException {
    for (int look = 0; look < LOOKS; look++) {
      cancel.check();
      try {
        byte[] message = messages.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (message != null) {
          return message;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SqlException(SqlState.QUERY_CANCELED, "interrupted", e);
      }
    }
    throw new IOException("the cluster has not shown a sign of life for five seconds");
  }

  private static ExecutionResult done(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    long rows = in.getLong();
    byte[] report = Arrays.copyOfRange(body, in.position(), body.length);
    return new ExecutionResult(rows, FragmentReport.read(report).profiles());
  }

  private static SqlException failure(String text) {
    return FailureText.read(new IllegalStateException(text))
        .orElseGet(() -> new SqlException(SqlState.INTERNAL_ERROR, text));
  }
}
