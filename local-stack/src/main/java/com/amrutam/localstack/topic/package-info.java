/** {@code ./amrutam events}: the topics of any cluster, seen and mended from the command line. */
@NullMarked
package com.amrutam.localstack.topic;

import org.jspecify.annotations.NullMarked;
