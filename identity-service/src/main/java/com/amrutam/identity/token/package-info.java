/**
 * Tokens. {@link LogIn} turns an answered challenge into an access token (signed, 15 minutes) and a refresh token
 * (opaque, 30 days); {@link RefreshSession} swaps a refresh token for the next, once; {@link LogOut} ends the session.
 * A token used twice ends it too.
 */
@NullMarked
package com.amrutam.identity.token;

import org.jspecify.annotations.NullMarked;
