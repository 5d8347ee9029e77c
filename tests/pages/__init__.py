"""What holds for all pages together, without a browser."""
