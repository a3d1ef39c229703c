"""The recipe that makes the encoder: published weights in, a folder of `models/` out."""
