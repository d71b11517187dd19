#!/bin/sh
# A sentinel that watches the Redis master at the address $1. What it learns it writes to its file, which a restart keeps.
set -eu
file=/data/sentinel.conf
if [ ! -s "$file" ]; then
  umask 077
  cat >"$file" <<CONFIGURATION
port 26379
protected-mode no
sentinel monitor amrutam $1 6379 2
sentinel auth-pass amrutam $REDIS_PASSWORD
sentinel down-after-milliseconds amrutam 3000
sentinel failover-timeout amrutam 15000
sentinel parallel-syncs amrutam 1
CONFIGURATION
fi
exec redis-sentinel "$file"
