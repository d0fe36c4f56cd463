"""What form tools and platforms export, read into counts. Each format is one file; nothing here writes anything."""
