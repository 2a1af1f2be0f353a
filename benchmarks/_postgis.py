"""PostGIS beside our index: polygons cut by ST_Subdivide(255), a GiST index, one prepared statement
per point over one connection.
"""

import os
import shutil
import subprocess

import psycopg
import shapely

QUERY = "SELECT district FROM {} WHERE ST_Covers(piece, ST_SetSRID(ST_MakePoint(%b, %b), 4326))"


def connect():
    """A connection to the bench's PostgreSQL with PostGIS in it, or None after saying why not."""
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    if not has_postgis(connection):
        install(connection)
    if not has_postgis(connection):
        print(
            "!! POSTGIS IS NOT MEASURED: this PostgreSQL has none. Installing it takes root:"
            " apt-get install postgresql-15-postgis-3"
        )
        return None
    connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    return connection


def has_postgis(connection):
    return (
        connection.execute(
            "SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'"
        ).fetchone()
        is not None
    )


def install(connection):
    if os.geteuid() == 0 and shutil.which("apt-get"):
        package = f"postgresql-{connection.info.server_version // 10000}-postgis-3"
        print(f"Installing {package} ...", flush=True)
        quiet = {
            "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
        }
        subprocess.run(["apt-get", "update"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", package], **quiet)


def fill(connection, each):
    """A table of the layer's pieces; its name and how many."""
    from legislators.maps.boundaries import UNITS

    table = f"pieces_{each.layer}"
    connection.execute("CREATE TEMP TABLE whole (district int, shape bytea)")
    with connection.cursor().copy("COPY whole FROM STDIN") as copy:
        for number, drawing in enumerate(each.drawings):
            copy.write_row(
                [
                    number,
                    shapely.to_wkb(
                        shapely.transform(drawing.geometry, lambda points: points / UNITS)
                    ),
                ]
            )
    connection.execute(
        f"CREATE TABLE {table} AS SELECT district, ST_Subdivide(ST_MakeValid(ST_GeomFromWKB(shape,"
        " 4326)), 255) AS piece FROM whole"
    )
    connection.execute("DROP TABLE whole")
    connection.execute(f"CREATE INDEX ON {table} USING gist (piece)")
    connection.execute(f"VACUUM ANALYZE {table}")
    return table, connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def asking(connection, table):
    """A function of lat, lon -> the sorted numbers of its districts."""
    cursor, query = connection.cursor(binary=True), QUERY.format(table)

    def ask(lat, lon):
        # ST_Subdivide makes neighbouring pieces share their line: a point there comes twice.
        return sorted({row[0] for row in cursor.execute(query, (lon, lat), prepare=True)})

    return ask
