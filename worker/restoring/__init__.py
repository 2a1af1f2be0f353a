"""After a restore: a database that does not know what happened since its backup."""
