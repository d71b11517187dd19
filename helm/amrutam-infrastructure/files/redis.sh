#!/bin/sh
# Starts Redis or, with the argument "sentinel", a sentinel: as what the other sentinels say, or at the very first start with
# the first pod as master.
set -eu
me=$HOSTNAME.$PEERS
master=$(redis-cli -h "$PEERS" -p 26379 -t 2 sentinel get-master-addr-by-name amrutam 2>/dev/null | head -n 1 || true)
case $master in
  *."$PEERS") ;;
  *) master=${HOSTNAME%-*}-0.$PEERS ;;
esac
umask 077
if [ "${1:-}" = sentinel ]; then
  cat >/data/sentinel.conf <<CONF
port 26379
dir /data
sentinel resolve-hostnames yes
sentinel announce-hostnames yes
sentinel announce-ip $me
sentinel monitor amrutam $master 6379 $QUORUM
sentinel auth-pass amrutam $REDIS_PASSWORD
sentinel down-after-milliseconds amrutam 5000
sentinel failover-timeout amrutam 30000
CONF
  exec redis-server /data/sentinel.conf --sentinel
fi
cat >/data/redis.conf <<CONF
port 6379
dir /data
requirepass $REDIS_PASSWORD
masterauth $REDIS_PASSWORD
replica-announce-ip $me
maxmemory $MAX_MEMORY
maxmemory-policy allkeys-lru
# Caches and counts, which may be lost: nothing is written to disk.
save ""
appendonly no
CONF
[ "$master" = "$me" ] || echo "replicaof $master 6379" >>/data/redis.conf
exec redis-server /data/redis.conf
