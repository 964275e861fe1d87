"""What the pages, files and prints of this room show, put together from what is read."""
