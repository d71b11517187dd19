package com.amrutam.kit.security;

import java.util.Set;
import java.util.UUID;

/**
 * Who sent the request, as their access token says: a controller argument.
 *
 * @param id the user's id, the token's {@code sub}
 * @param roles the roles in the token, such as {@code PATIENT}
 */
public record Caller(UUID id, Set<String> roles) {
    /** True when the token grants this role. */
    public boolean hasRole(String role) {
        return roles.contains(role);
    }
}
