package com.amrutam.notification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A mail server that refuses one address and hangs up after any other mail, without a word on whether it took it. */
final class ClumsyServer implements AutoCloseable {
    static final String REFUSED = "nobody@example.com";

    private final ServerSocket socket;
    private final AtomicInteger taken = new AtomicInteger();
    private final JavaMailSenderImpl sender;
    private final int usual;

    private ClumsyServer(JavaMailSenderImpl sender) {
        this.sender = sender;
        this.usual = sender.getPort();
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptUntilClosed);
        sender.setPort(socket.getLocalPort());
    }

    /** Stands where the service's mail server is, until closed. */
    static ClumsyServer instead() {
        return new ClumsyServer(Outside.running().service().getBean(JavaMailSenderImpl.class));
    }

    /** How many mails came to their end. */
    int taken() {
        return taken.get();
    }

    @Override
    public void close() {
        sender.setPort(usual);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptUntilClosed() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            answer(client, "220 test");
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("DATA")) {
                    answer(client, "354 go on");
                    while (!lines.readLine().equals(".")) {}
                    taken.incrementAndGet();
                    return;
                }
                answer(client, line.equals("RCPT TO:<" + REFUSED + ">") ? "550 no such mailbox" : "250 ok");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }
}
