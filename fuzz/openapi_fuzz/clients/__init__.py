"""What a client declares, refuses and writes, without a server that knows anything."""
