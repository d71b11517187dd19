/**
 * The RSA keys access tokens are signed with. {@link SigningKeys} reads them from the database, where the first instance
 * to start puts them, private halves encrypted; {@link JwksController} publishes the public ones, the next key before
 * its first use.
 */
@NullMarked
package com.amrutam.identity.key;

import org.jspecify.annotations.NullMarked;
