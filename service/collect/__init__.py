"""A labelled corpus from outlets' feeds, sitemaps and archives: ``krynica collect``."""
