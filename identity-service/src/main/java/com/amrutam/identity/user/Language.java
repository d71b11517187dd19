package com.amrutam.identity.user;

import java.util.Locale;
import java.util.Optional;

/** A language messages are written in. */
public enum Language {
    EN,
    HI;

    /** The language with this ISO 639-1 code, if we write it. */
    static Optional<Language> of(String code) {
        return switch (code) {
            case "en" -> Optional.of(EN);
            case "hi" -> Optional.of(HI);
            default -> Optional.empty();
        };
    }

    /** Its ISO 639-1 code, as in the API, events and the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
