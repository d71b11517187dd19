/**
 * People: {@link Registration} creates one at the first login, {@link ChangeProfile} and {@link AssignRoles} change one.
 * Every change of the contact card raises its version and is told to the other services as a whole card.
 * {@link SeedAdmin} makes sure that somebody can assign the first roles.
 */
@NullMarked
package com.amrutam.identity.user;

import org.jspecify.annotations.NullMarked;
