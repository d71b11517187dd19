package com.amrutam.identity.token;

import com.amrutam.identity.user.User;
import java.time.Duration;

/** What a person carries away from a login or a refresh. */
record TokenPair(String accessToken, Duration expiresIn, RefreshToken refreshToken, User user) {
    @Override
    public String toString() {
        return "TokenPair[hidden]";
    }
}
