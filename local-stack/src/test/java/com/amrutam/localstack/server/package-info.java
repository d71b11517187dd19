@NullMarked
package com.amrutam.localstack.server;

import org.jspecify.annotations.NullMarked;
