package com.amrutam.localstack;

/** Something the person at the keyboard can do something about: a message for them, and an exit code. */
public final class Trouble extends RuntimeException {
    private final int exitCode;

    public Trouble(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
