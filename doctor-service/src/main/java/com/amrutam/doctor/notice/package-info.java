/**
 * What Postgres tells this instance with the commit that makes it true ({@code NOTIFY}). It needs nothing but the database the
 * facts are in, reaches every instance, and comes in the order of the commits.
 */
@NullMarked
package com.amrutam.doctor.notice;

import org.jspecify.annotations.NullMarked;
