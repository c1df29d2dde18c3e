-- The two roles and the database, once, as the superuser of a server of your own:
--   psql -v owner_password=… -v app_password=… -f docker/roles.sql postgres
-- The owner may change tables (MIGRATE_DATABASE_URL); the app may read and write rows, but not TRUNCATE (DATABASE_URL).
CREATE ROLE leihwerk_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE leihwerk LOGIN PASSWORD :'app_password';
CREATE DATABASE leihwerk OWNER leihwerk_owner ENCODING 'UTF8' TEMPLATE template0;
\connect leihwerk
ALTER DEFAULT PRIVILEGES FOR ROLE leihwerk_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO leihwerk;
ALTER DEFAULT PRIVILEGES FOR ROLE leihwerk_owner GRANT SELECT, USAGE ON SEQUENCES TO leihwerk;
