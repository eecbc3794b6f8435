package io.redward.cluster.scaling;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A connection on which both sides know a secret: messages are encrypted and signed (AES-GCM) with
/// keys made of the secret and of a number that each side has chosen for this connection, so that
/// none can be read, changed, left out, or sent again. Sending is thread-safe, receiving is for one
/// thread.
final class SealedChannel implements AutoCloseable {
  private static final byte[] MAGIC = "RWSC1".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE_BYTES = 32;
  private static final int TAG_BITS = 128;
  private static final int MAX_MESSAGE = 256 << 20;

  /// Of what somebody sends who has not shown yet that he knows the secret.
  private static final int MAX_FIRST = 32 << 20;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final SecretKeySpec sendKey;
  private final SecretKeySpec receiveKey;
  private final ReentrantLock sending = new ReentrantLock();
  private long sent;
  private long received;

  private SealedChannel(
      Socket socket,
      DataInputStream in,
      DataOutputStream out,
      SecretKeySpec sendKey,
      SecretKeySpec receiveKey) {
    this.socket = socket;
    this.in = in;
    this.out = out;
    this.sendKey = sendKey;
    this.receiveKey = receiveKey;
  }

  /// The side that was called.
  static SealedChannel answer(Socket socket, String secret) throws IOException {
    return open(socket, secret, false);
  }

  /// The side that calls.
  static SealedChannel call(Socket socket, String secret) throws IOException {
    return open(socket, secret, true);
  }

  private static SealedChannel open(Socket socket, String secret, boolean caller)
      throws IOException {
    socket.setTcpNoDelay(true);
    DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    byte[] own = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(own);
    out.write(MAGIC);
    out.write(own);
    out.flush();
    byte[] magic = in.readNBytes(MAGIC.length);
    byte[] other = in.readNBytes(NONCE_BYTES);
    if (!Arrays.equals(magic, MAGIC) || other.length < NONCE_BYTES) {
      throw new IOException("nobody at the other end who speaks of queries");
    }
    SecretKeySpec toServer = key(secret, "to", caller ? own : other, caller ? other : own);
    SecretKeySpec toCaller = key(secret, "from", caller ? own : other, caller ? other : own);
    return new SealedChannel(
        socket, in, out, caller ? toServer : toCaller, caller ? toCaller : toServer);
  }

  private static SecretKeySpec key(String secret, String way, byte[] caller, byte[] server) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(("redward scaling " + way).getBytes(StandardCharsets.UTF_8));
      mac.update(caller);
      mac.update(server);
      return new SecretKeySpec(mac.doFinal(), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Sends one message; waits while the other side does not read.
  void send(int kind, byte[] body) throws IOException {
    sending.lock();
    try {
      write(kind, body);
    } finally {
      sending.unlock();
    }
  }

  /// Sends a message unless another one is on its way already.
  void sendIfFree(int kind) throws IOException {
    if (sending.tryLock()) {
      try {
        write(kind, new byte[0]);
      } finally {
        sending.unlock();
      }
    }
  }

  private void write(int kind, byte[] body) throws IOException {
    byte[] plain = new byte[1 + body.length];
    plain[0] = (byte) kind;
    System.arraycopy(body, 0, plain, 1, body.length);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, sendKey, sent++).doFinal(plain);
      out.writeInt(sealed.length);
      out.write(sealed);
      out.flush();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits for a message: its kind in the first byte, then what was sent.
  ///
  /// @throws IOException if the connection ends, or if the message is not from somebody who knows
  ///     the secret
  byte[] receive() throws IOException {
    int length = in.readInt();
    if (length < TAG_BITS / 8 + 1 || length > (received == 0 ? MAX_FIRST : MAX_MESSAGE)) {
      throw new IOException("a message of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the connection was broken");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, receiveKey, received++).doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IOException("a message from somebody who does not know the secret", e);
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, long number)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] iv = ByteBuffer.allocate(12).putInt(0).putLong(number).array();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
    return cipher;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed as far as anybody cares.
    }
  }
}
