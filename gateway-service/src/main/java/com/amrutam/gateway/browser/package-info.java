/** What browsers need to hear: which pages of others may call the API (CORS), and what an answer may be used for. */
@NullMarked
package com.amrutam.gateway.browser;

import org.jspecify.annotations.NullMarked;
