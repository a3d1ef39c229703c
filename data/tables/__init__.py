"""Tables: rows read from and written to files of every format alike."""
