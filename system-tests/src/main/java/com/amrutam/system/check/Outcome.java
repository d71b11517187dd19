package com.amrutam.system.check;

/** What a client knows after a request. */
public enum Outcome {
    /** It was told yes: it must be so. */
    ACKNOWLEDGED,
    /** It was told no: it must not be so. */
    REFUSED,
    /** It was told nothing, or that something broke: it may be so or not, but has to stay what it is. */
    UNANSWERED;

    /** What a status says. A server that broke off may have committed before. */
    public static Outcome of(int status) {
        return status < 400 ? ACKNOWLEDGED : status < 500 ? REFUSED : UNANSWERED;
    }
}
