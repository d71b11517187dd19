package com.amrutam.localstack;

/** What the process answers its caller; the numbers are part of the command line's contract. */
public final class ExitCode {
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;
    /** Given by the bash script: no JDK 25 or no Maven. */
    static final int NO_TOOLS = 3;

    static final int PORT_TAKEN = 4;
    static final int SHORT_OF_MEMORY = 5;
    static final int DID_NOT_START = 6;
    /** Given by the bash script. */
    static final int BUILD_FAILED = 7;

    static final int DEMO_FAILED = 8;
    static final int BUSY = 9;
    public static final int BAR_MISSED = 10;

    private ExitCode() {}
}
