"""Where Alembic carries out the steps: on the connection it is given, in that one's transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
