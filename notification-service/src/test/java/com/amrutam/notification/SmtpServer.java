package com.amrutam.notification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server: takes whatever is sent, except to addresses that start with {@code nobody}. */
final class SmtpServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> mails = new CopyOnWriteArrayList<>();

    SmtpServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptUntilClosed);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The mails taken so far, with their headers. */
    List<String> mails() {
        return mails;
    }

    @Override
    public void close() throws IOException {
        socket.close();
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
            String line;
            while ((line = lines.readLine()) != null) {
                var command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("DATA")) {
                    answer(client, "354 go on");
                    var mail = new StringBuilder();
                    while (!(line = lines.readLine()).equals(".")) {
                        mail.append(line).append('\n');
                    }
                    mails.add(mail.toString());
                }
                if (command.startsWith("RCPT TO:<NOBODY")) {
                    answer(client, "550 no such mailbox");
                } else if (command.startsWith("QUIT")) {
                    answer(client, "221 bye");
                    return;
                } else {
                    answer(client, "250 ok");
                }
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
