"""What a case costs: counters that gate (`make counters`), times that are published (`bench`)."""
