#!/bin/sh
# A streaming replica of "postgres": copied from it at the first start, following it from then on.
# usage: postgres-replica.sh NAME [postgres options]; NAME is also its replication slot
set -eu
name=$1
shift
primary="host=postgres user=replication dbname=postgres application_name=$name"

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  echo "Copying the primary"
  # The slot keeps what this replica has not read yet, also while it is away.
  psql "$primary" --quiet --no-psqlrc --set ON_ERROR_STOP=1 --command "
    select pg_create_physical_replication_slot('$name', true)
    where not exists (select from pg_replication_slots where slot_name = '$name')" >/dev/null
  mkdir -p "${PGDATA%/*}"
  rm -rf "$PGDATA" "$PGDATA.new"
  pg_basebackup --dbname "$primary" --pgdata "$PGDATA.new" --slot "$name" --write-recovery-conf --checkpoint fast
  mv "$PGDATA.new" "$PGDATA"
fi
# The outboxes' slots are kept here too, so that the relays can go on should this one be promoted.
exec postgres "$@" -c listen_addresses='*' -c hot_standby_feedback=on -c sync_replication_slots=on
