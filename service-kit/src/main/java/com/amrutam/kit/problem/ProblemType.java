package com.amrutam.kit.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** A kind of refusal that clients can tell apart by its code. Each service has one enum of these, its catalogue. */
public interface ProblemType {
    /** Where problem types are documented; RFC 9457 wants a URI that a developer can follow. */
    String BASE = "https://api.amrutam.com/problems/";

    /** The constant's name in its enum, such as {@code SLOT_TAKEN}. */
    String name();

    /** The stable code, in kebab case, such as {@code slot-taken}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status it is answered with. */
    HttpStatus status();

    /** What it means in a few words, the same at every occurrence. */
    String title();

    /** The {@code type} member of the problem document. */
    default URI type() {
        return URI.create(BASE + code());
    }
}
