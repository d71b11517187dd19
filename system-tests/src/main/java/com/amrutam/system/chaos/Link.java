package com.amrutam.system.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A stretch of network under our control: whoever connects here is passed on to a port of loopback, until we say not. */
final class Link implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final String name;
    private final int target;
    private final ServerSocket door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object stateChanged = new Object();
    private State state = State.SOUND;
    private volatile Duration delay = Duration.ZERO;

    private enum State {
        SOUND,
        /** Connections break and none comes about. */
        CUT,
        /** Connections stay and nothing passes, as when packets are dropped. */
        STALLED
    }

    Link(String name, int target) throws IOException {
        this.name = name;
        this.target = target;
        this.door = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("link " + name).start(this::accept);
    }

    String name() {
        return name;
    }

    int port() {
        return door.getLocalPort();
    }

    void cut() {
        become(State.CUT);
        sockets.forEach(Link::closeQuietly);
    }

    void stall() {
        become(State.STALLED);
    }

    /** From now on every piece of data takes this long, each way. */
    void delay(Duration each) {
        delay = each;
    }

    void heal() {
        delay = Duration.ZERO;
        become(State.SOUND);
    }

    @Override
    public void close() throws IOException {
        door.close();
        become(State.CUT);
        sockets.forEach(Link::closeQuietly);
    }

    private void become(State next) {
        synchronized (stateChanged) {
            state = next;
            stateChanged.notifyAll();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // Closed, or a client that left at once.
            }
        }
    }

    private void connect(Socket client) {
        sockets.add(client);
        var server = new Socket();
        sockets.add(server);
        try {
            if (isCutAfterWaiting()) {
                throw new IOException("cut");
            }
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pass(client, server));
            pass(server, client);
        } catch (IOException e) {
            end(client, server);
        }
    }

    private void pass(Socket from, Socket to) {
        var buffer = new byte[BUFFER];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (!delay.isZero()) {
                    Thread.sleep(delay);
                }
                if (isCutAfterWaiting()) {
                    break;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // Either side is gone: so is the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(from, to);
    }

    /** Waits while the link is stalled. */
    private boolean isCutAfterWaiting() {
        synchronized (stateChanged) {
            while (state == State.STALLED) {
                try {
                    stateChanged.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return true;
                }
            }
            return state == State.CUT;
        }
    }

    private void end(Socket one, Socket other) {
        closeQuietly(one);
        closeQuietly(other);
        sockets.remove(one);
        sockets.remove(other);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
