@NullMarked
package com.amrutam.kit.web;

import org.jspecify.annotations.NullMarked;
