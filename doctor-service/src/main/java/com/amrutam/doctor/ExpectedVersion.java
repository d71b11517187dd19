package com.amrutam.doctor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/** What the {@code If-Match} header of a change demands (RFC 9110, section 13.1.1). */
public final class ExpectedVersion {
    private final @Nullable String ifMatch;

    /**
     * @param ifMatch the header as it came, or null when the client takes whatever there is
     */
    public ExpectedVersion(@Nullable String ifMatch) {
        this.ifMatch = ifMatch;
    }

    /** True when a resource of this version may be changed. */
    public boolean allows(int version) {
        return ifMatch == null
                || ETag.parse(ifMatch).stream()
                        .anyMatch(
                                tag -> tag.isWildcard() || tag.compare(new ETag(String.valueOf(version), false), true));
    }

    /** True when the resource may be made by this change; whoever names a version expects that it is there. */
    public boolean allowsNone() {
        return ifMatch == null;
    }
}
