package com.amrutam.system.load;

import java.util.UUID;

/**
 * Somebody who is logged in.
 *
 * @param token an access token, good for a quarter of an hour
 * @param address where they call from
 */
record Patient(UUID id, String phone, String token, String address) {}
