"""What the register's figures and records mean, without Django or a database."""
