/**
 * Identity: a code to a phone ({@code challenge}) becomes tokens ({@code token}) signed with published keys
 * ({@code key}) for a person with a profile and roles ({@code user}); what administrators did stays in {@code audit}.
 */
@NullMarked
package com.amrutam.identity;

import org.jspecify.annotations.NullMarked;
