"""Mail to text. Pure, and safe on any bytes."""
