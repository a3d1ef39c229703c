"""The protocol: fitted on some outlets, tried on others."""
