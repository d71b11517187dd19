package com.amrutam.system.check;

/**
 * A promise that was not kept.
 *
 * @param promise the one, in words
 * @param evidence what shows it: ids and states
 */
public record Finding(String promise, String evidence) {
    @Override
    public String toString() {
        return promise + ": " + evidence;
    }
}
