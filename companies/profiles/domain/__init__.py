"""Rules about companies over plain values, without Django or a database."""
