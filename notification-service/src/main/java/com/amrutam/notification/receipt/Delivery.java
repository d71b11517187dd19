package com.amrutam.notification.receipt;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A receipt as it came over the network, of which nothing is believed yet.
 *
 * @param headers by their names in lower case
 */
record Delivery(Function<String, @Nullable String> headers, byte[] body) {
    @Nullable
    String header(String name) {
        return headers.apply(name);
    }

    boolean isForm() {
        var type = header("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The fields of a form, sorted by name; of a field that comes twice the last. */
    Map<String, String> form() {
        var fields = new TreeMap<String, String>();
        for (var field : text().split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not what a form escapes; then it means itself, and the signature will not fit.
            return text;
        }
    }
}
