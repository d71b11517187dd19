/**
 * A person's right to a copy of their data (GDPR, Article 15; India's DPDP Act, section 11): each service names the queries
 * that find what it holds, and answers its part at {@code /api/v1/export}; the gateway puts the parts together.
 */
@NullMarked
package com.amrutam.kit.export;

import org.jspecify.annotations.NullMarked;
