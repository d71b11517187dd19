/**
 * One-time codes to phones. {@link RequestCode} sends one within the limits of {@link CodePolicy}; {@link AnswerChallenge}
 * takes guesses, each decided by one statement. Only a keyed digest of a code is kept; the code itself leaves encrypted
 * in an event.
 */
@NullMarked
package com.amrutam.identity.challenge;

import org.jspecify.annotations.NullMarked;
