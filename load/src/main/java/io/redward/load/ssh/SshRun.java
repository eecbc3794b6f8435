package io.redward.load.ssh;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.future.WaitableFuture;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/// Runs commands on hosts, one after another.
public final class SshRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SHOWN_BYTES = 300;

  /// How often whoever waits for a host asks whether it is still to wait.
  private static final long ASKS_MILLIS = 50;

  private final SshKey key;
  private final SshClient client;
  private final CancelToken cancel;

  /// The host was not reached: a load may do without it.
  public static final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient SqlException problem;

    private Unreachable(SqlException problem) {
      super(problem);
      this.problem = problem;
    }

    public SqlException problem() {
      return problem;
    }
  }

  /// @param cancel ends the waiting for a host
  public SshRun(SshKey key, CancelToken cancel) {
    this.key = key;
    this.cancel = cancel;
    client = SshClient.setUpDefaultClient();
    // Nothing of the home directory of whoever runs the server counts.
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.start();
  }

  /// Writes what a command prints to a file.
  ///
  /// @throws Unreachable if there is no connection
  /// @throws SqlException if the command fails
  public void run(SshEntry entry, Path file) throws Unreachable {
    try (ClientSession session = connect(entry);
        OutputStream out = Files.newOutputStream(file)) {
      ByteArrayOutputStream errors = new ByteArrayOutputStream();
      try (ChannelExec channel = session.createExecChannel(entry.command())) {
        channel.setOut(out);
        channel.setErr(errors);
        await(channel.open()).verify(PATIENCE);
        while (!channel
            .waitFor(EnumSet.of(ClientChannelEvent.CLOSED), ASKS_MILLIS)
            .contains(ClientChannelEvent.CLOSED)) {
          cancel.check();
        }
        Integer status = channel.getExitStatus();
        if (status == null || status != 0) {
          throw new SqlException(
                  SqlState.IO_ERROR,
                  "the command on \"" + entry.url() + "\" ended with status " + status)
              .withDetail(beginning(errors));
        }
      }
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not read from \"" + entry.url() + "\": " + e.getMessage(), e);
    }
  }

  private ClientSession connect(SshEntry entry) throws Unreachable {
    ClientSession session = null;
    try {
      session =
          await(client.connect(entry.user(), entry.host(), entry.port()))
              .verify(PATIENCE)
              .getSession();
      session.setServerKeyVerifier((_, _, host) -> entry.accepts(text(host)));
      session.addPublicKeyIdentity(key.keyPair());
      await(session.auth()).verify(PATIENCE);
      return session;
    } catch (IOException | SqlException e) {
      if (session != null) {
        session.close(true);
      }
      cancel.check();
      throw new Unreachable(
          new SqlException(
                  SqlState.IO_ERROR,
                  "could not connect to \"" + entry.url() + "\": " + e.getMessage(),
                  e)
              .withHint("The host must let in the warehouse's key: " + key.authorized()));
    }
  }

  /// Waits for the host's answer, or until it will not come any more; gives the future back.
  private <F extends WaitableFuture> F await(F future) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!future.await(ASKS_MILLIS) && System.nanoTime() < end) {
      cancel.check();
    }
    return future;
  }

  /// A key as in `authorized_keys`, without its type.
  private static String text(PublicKey key) {
    return List.of(PublicKeyEntry.toString(key).split(" ")).get(1);
  }

  private static String beginning(ByteArrayOutputStream errors) {
    byte[] bytes = errors.toByteArray();
    return new String(bytes, 0, Math.min(bytes.length, SHOWN_BYTES), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.stop();
  }
}
