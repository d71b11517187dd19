/** What settings must be, said once. */
@NullMarked
package com.amrutam.kit.setting;

import org.jspecify.annotations.NullMarked;
