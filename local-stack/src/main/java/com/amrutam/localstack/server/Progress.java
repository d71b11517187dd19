package com.amrutam.localstack.server;

/** Told of each step of each part, so that somebody can show it. Called from several threads. */
public interface Progress {
    /** Nobody looks. */
    Progress NONE = new Progress() {
        @Override
        public void step(String part, String what) {}

        @Override
        public void ready(String part) {}
    };

    /** What a part is at now, such as {@code starting}. */
    void step(String part, String what);

    /** The part serves. */
    void ready(String part);
}
