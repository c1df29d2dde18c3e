#!/bin/sh
# Run once by the PostgreSQL image, when its data directory is still empty.
exec psql -v ON_ERROR_STOP=1 -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" \
    --username "$POSTGRES_USER" --file /leihwerk/roles.sql postgres
