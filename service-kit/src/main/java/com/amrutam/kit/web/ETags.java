package com.amrutam.kit.web;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.FieldError;
import com.amrutam.kit.problem.ProblemException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Entity tags (RFC 9110, 8.8.3) made of a resource's version. */
public final class ETags {
    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,9})\"");

    private ETags() {}

    /** The tag of a version, such as {@code "3"}, quotes included. */
    public static String of(int version) {
        return '"' + Integer.toString(version) + '"';
    }

    /**
     * The version an {@code If-Match} header asks for; null when the header is absent or {@code *}, which any version
     * satisfies.
     *
     * @throws ProblemException {@code malformed-request} when it is not one tag of ours
     */
    public static @Nullable Integer version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        var matcher = VERSION.matcher(ifMatch);
        if (!matcher.matches()) {
            var message = "must be the ETag of the resource as it was read";
            throw new ProblemException(
                    CommonProblem.MALFORMED_REQUEST,
                    "If-Match " + message,
                    List.of(new FieldError("If-Match", message)));
        }
        return Integer.valueOf(matcher.group(1));
    }
}
